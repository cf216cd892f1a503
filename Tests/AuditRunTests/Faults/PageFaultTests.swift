import AuditFetch
import AuditModel
import Foundation
import TestSupport
import Testing

@testable import AuditRun

@Suite("Pages that are no pages", .slow)
struct PageFaultTests {
  /// A body of every page, and what the program says of it.
  struct Body: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    var says: String

    init(_ description: String, _ text: String, says: String) {
      self.init(description, Array(text.utf8), says: says)
    }

    init(_ description: String, _ bytes: [UInt8], says: String) {
      testDescription = description
      self.bytes = bytes
      self.says = says
    }
  }

  /// A server whose pages, but not its answers to probes, have this body.
  private func job(_ bytes: [UInt8]) throws -> QuirkJob {
    try QuirkJob(after: { _, asked, response in
      guard asked.limit == 10 else { return response }
      var response = response
      response.body = bytes
      return response
    })
  }

  private static let row = QuirkJob.rows()[0].json(statusAsInteger: false)

  static let broken: [Body] = [
    Body("F63: an empty body", "", says: "found an empty page"),
    Body("F63: white space", " \r\n ", says: "found an empty page"),
    Body("F63: null", "null", says: "probably null"),
    Body("F63: an object", "{}", says: "found an object"),
    Body("F63: a string", #""x""#, says: "found a string"),
    Body("F63: a number for a row", "[1]", says: "found `1`"),
    Body("F63: an array for a row", "[[]]", says: "row 1, $[0]"),
    Body("F64: a trailing comma", "[\(row),]", says: "line:column 1:"),
    Body("F64: a comment", "[\(row)/* */]", says: "line:column 1:"),
    Body("F64: NaN", #"[{"ReferenceId":NaN}]"#, says: "$[0].ReferenceId"),
    Body("F64: single quotes", "[{'Id':1}]", says: "line:column 1:3"),
    Body("F64: trailing garbage", "[\(row)]x", says: "goes on after the end"),
    Body("F64: two documents", "[]\n[]", says: "line:column 2:1"),
    Body("F65: UTF-16", [0xFF, 0xFE, 0x5B, 0x00, 0x5D, 0x00], says: "byte 0"),
    Body(
      "F65: UTF-8 that is none", Array(#"[{"x":""#.utf8) + [0xFF] + Array(#""}]"#.utf8),
      says: "byte 7"),
    Body(
      "F65: an overlong form", Array(#"[{"x":""#.utf8) + [0xC0, 0xAF] + Array(#""}]"#.utf8),
      says: "not UTF-8"),
    Body(
      "F65: surrogates in UTF-8",
      Array(#"[{"x":""#.utf8) + [0xED, 0xA0, 0x80] + Array(#""}]"#.utf8),
      says: "not UTF-8"),
    Body(
      "F67: depth 65", "[{\"x\":\(String(repeating: "[", count: 63))1", says: "limit of 64 levels"),
    Body(
      "F67: depth 1,000,000", String(repeating: "[", count: 1_000_000), says: "expected an instance"
    ),
    Body(
      "F67: an unknown field of depth 1,000,000",
      "[{\"x\":\(String(repeating: "[", count: 1_000_000))", says: "limit of 64 levels"),
    Body(
      "F67: a string of 9 MiB", "[{\"Title\":\"\(String(repeating: "x", count: 9 << 20))\"}]",
      says: "longer than the limit of 8 MiB"),
    Body(
      "F67: a number of 10,000 digits",
      "[{\"ReferenceId\":\(String(repeating: "1", count: 10_000))}]",
      says: "longer than the limit of 400 bytes"),
    Body("F49: HTML that says it is JSON", "<html><body>Sign in", says: "probably an HTML page"),
  ]

  @Test(
    "A page that is not the JSON it should be ends the run with 76, and says where",
    arguments: broken)
  func refused(body: Body) async throws {
    let job = try job(body.bytes)
    let error = try await job.failure()
    #expect(error.exitStatus == .brokenProtocol)
    #expect(error.description.contains(body.says), "\(error)")
    #expect(error.description.utf8.count < 1500)
    #expect(try job.disk().isEmpty)
    // Once more than answers to probes need: a page that is no JSON gets one more chance.
    #expect(job.server.requests.count { $0.limit == 10 } == 2)
  }

  @Test("F64: a page that is no JSON once costs a request, not the run")
  func oneBrokenPage() async throws {
    let plain = try await QuirkJob.undisturbed()
    let job = try QuirkJob { _, asked, state in
      let pages = state.requests.count { $0.limit == 10 }
      return asked.limit == 10 && pages == 3 ? .json("[{") : nil
    }
    #expect(try await job.run().verdict == .proved)
    try job.expectSameRows(as: plain)
    #expect(
      String(decoding: try job.job.read("manifest.json"), as: UTF8.self).contains("unreadable"))
  }

  @Test("F65: a byte order mark is skipped, and noted")
  func byteOrderMark() async throws {
    let plain = try await QuirkJob.undisturbed()
    let job = try QuirkJob(after: { _, _, response in
      var response = response
      response.body = [0xEF, 0xBB, 0xBF] + response.body
      return response
    })
    #expect(try await job.run().verdict == .proved)
    try job.expectSameRows(as: plain)
    let limitations = String(decoding: try job.job.read("report.json"), as: UTF8.self)
    #expect(limitations.contains("byte order mark"))
  }
}
