import AuditFetch
import AuditModel
import Foundation
import TestSupport
import Testing

@testable import AuditRun

@Suite("Rows that break the contract, and rows that are merely odd", .slow)
struct RowFaultTests {
  /// The row with reference id 105, as the server writes it.
  private static let original = QuirkJob.rows()[2].json(statusAsInteger: false)

  /// One exchange of text in that row.
  struct Edit: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var old: String
    var new: String
    /// Words of the message, or of the row in instances.csv.
    var says: [String] = []

    init(_ description: String, _ old: String, _ new: String, says: String...) {
      testDescription = description
      self.old = old
      self.new = new
      self.says = says
    }
  }

  /// A server that writes the row otherwise, whenever it writes it.
  private func job(_ edit: Edit) throws -> QuirkJob {
    try #require(Self.original.contains(edit.old))
    let edited = Self.original.replacing(edit.old, with: edit.new)
    return try QuirkJob(after: { _, _, response in
      var response = response
      response.body = Array(
        String(decoding: response.body, as: UTF8.self).replacing(Self.original, with: edited).utf8)
      return response
    })
  }

  static let broken: [Edit] = [
    Edit(
      "F66: a key twice", #""Status":"#, #""title":"x","Status":"#, says: "Title", "twice",
      "$[2].Title"),
    Edit(
      "F66: an unknown key twice", #""Status":"#, #""New":1,"New":2,"Status":"#, says: "New",
      "twice", "$[2]"),
    Edit(
      "F66: a key twice within an unknown field", #""Status":"#, #""New":{"a":1,"a":2},"Status":"#,
      says: "a", "twice"),
    Edit(
      "F70: no ReferenceId", #","ReferenceId":105"#, "", says: "ReferenceId is missing", "row 3"),
    Edit(
      "F70: ReferenceId null", #"ReferenceId":105"#, #"ReferenceId":null"#, says: "row 3",
      "ReferenceId"),
    Edit(
      "F70: ReferenceId negative", #"ReferenceId":105"#, #"ReferenceId":-1"#, says: "-1", "row 3"),
    Edit(
      "F70: ReferenceId zero", #"ReferenceId":105"#, #"ReferenceId":0"#, says: "0 is not a positive"
    ),
    Edit(
      "F70: ReferenceId 2^63", #"ReferenceId":105"#, #"ReferenceId":9223372036854775808"#,
      says: "9223372036854775808"),
    Edit(
      "F70: ReferenceId with a fraction", #"ReferenceId":105"#, #"ReferenceId":105.5"#,
      says: "105.5"),
    Edit(
      "F71: no Id", #""Id":"00000000-0000-4000-8000-000000000105","Status""#, #""Status""#,
      says: "Id is missing"),
    Edit(
      "F71: an Id that is no GUID", #""00000000-0000-4000-8000-000000000105""#, #""105""#,
      says: "GUID", "row 3"),
    Edit(
      "F72: one ReferenceId, two GUIDs", #"ReferenceId":105"#, #"ReferenceId":103"#,
      says: "share the reference id 103", "000000000103", "000000000105"),
    Edit(
      "F72: one GUID, two ReferenceIds", "000000000105\",\"Status", "000000000103\",\"Status",
      says: "share the GUID", "103", "105"),
  ]

  @Test("A row on which no figure can rest ends the run with 65, and is named", arguments: broken)
  func refused(edit: Edit) async throws {
    let job = try job(edit)
    let error = try await job.failure()
    #expect(error.exitStatus == .brokenData)
    for word in edit.says { #expect(error.description.contains(word), "\(error)") }
    #expect(try job.disk().allSatisfy { $0 == ".kfaudit-read" })
  }

  static let same: [Edit] = [
    Edit("F70: ReferenceId as a string", #"ReferenceId":105"#, #"ReferenceId":"105""#),
    Edit("F70: ReferenceId 105.0", #"ReferenceId":105"#, #"ReferenceId":105.0"#),
    Edit("F70: ReferenceId 1.05e2", #"ReferenceId":105"#, #"ReferenceId":1.05e2"#),
    Edit(
      "F71: an Id in capitals and braces", #""00000000-0000-4000-8000-000000000105""#,
      #""{00000000-0000-4000-8000-000000000105}""#),
    Edit("F73: a status in lower case", #""Complete""#, #""complete""#),
    Edit("F79: a version as a string", #""Version":1"#, #""Version":"1""#),
  ]

  @Test("A row that is written otherwise is the same row", arguments: same)
  func sameRow(edit: Edit) async throws {
    let plain = try await QuirkJob.undisturbed()
    let job = try job(edit)
    #expect(try await job.run().verdict == .proved)
    try job.expectSameRows(as: plain)
  }

  @Test("F70: 2^53 + 1 is read exactly")
  func largeReferenceID() async throws {
    var rows = QuirkJob.rows()
    rows.append(ModelRow(9_007_199_254_740_993, start: QuirkJob.from + QuirkJob.step))
    let job = try QuirkJob(rows)
    #expect(try await job.run().exitStatus == .complete)
    #expect(try job.ids().last == 9_007_199_254_740_993)
  }

  static let odd: [Edit] = [
    Edit(
      "F68: a lone surrogate in the CN", "CN=host105", #"CN=host\ud800105"#, says: "loneSurrogate"),
    Edit("F69: NUL in the title", "CN=host105", #"CN=host\u0000105"#, says: "105,"),
    Edit("F69: ESC in the title", "CN=host105", #"CN=host\u001b[2J105"#, says: "105,"),
    Edit(
      "F69: U+FFFE and U+202E in the title", "CN=host105", #"CN=host\ufffe\u202e105"#, says: "105,"),
    Edit(
      "F73: a status that nobody documents", #""Complete""#, #""Paused""#, says: "Paused",
      "unknownStatus"),
    Edit(
      "F73: a status that is an integer", #""Complete""#, "3", says: "unknown(3)", "unknownStatus"),
    Edit("F73: a status that is null", #""Complete""#, "null", says: "unknownStatus"),
    Edit(
      "F74: StartDate null", #""StartDate":"2026-10-01T12:00:00.000Z""#, #""StartDate":null"#,
      says: "badDate"),
    Edit(
      "F74: StartDate never", "StartDate\":\"2026-10-01T12:00:00.000Z",
      "StartDate\":\"0001-01-01T00:00:00", says: "badDate"),
    Edit(
      "F74: StartDate in the year 9999", "StartDate\":\"2026-10-01T12:00:00.000Z",
      "StartDate\":\"9999-12-31T23:59:59.9999999", says: "badDate"),
    Edit(
      "F74: a leap second", "StartDate\":\"2026-10-01T12:00:00.000Z",
      "StartDate\":\"2026-10-01T11:59:60Z", says: "badDate"),
    Edit(
      "F74: seven digits", "StartDate\":\"2026-10-01T12:00:00.000Z",
      "StartDate\":\"2026-10-01T12:00:00.0000000Z", says: "2026-10-01T12:00:00.000Z"),
    Edit(
      "F74: no zone", "StartDate\":\"2026-10-01T12:00:00.000Z", "StartDate\":\"2026-10-01T12:00:00",
      says: "2026-10-01T12:00:00.000Z"),
    Edit(
      "F74: Kathmandu", "StartDate\":\"2026-10-01T12:00:00.000Z",
      "StartDate\":\"2026-10-01T17:45:00+05:45", says: "2026-10-01T12:00:00.000Z"),
    Edit(
      "F75: modified before it started", #""LastModified":"2026-10-01T12:01:00.000Z""#,
      #""LastModified":"2026-10-01T11:00:00Z""#, says: "negativeDuration"),
    Edit(
      "F76: Title null", #""Title":"EX\\ada is enrolling for a certificate with CN=host105.""#,
      #""Title":null"#, says: "105,"),
    Edit(
      "F76: an empty title", #"EX\\ada is enrolling for a certificate with CN=host105."#, "",
      says: "105,"),
    Edit(
      "F76: wording that nobody knows", "is enrolling for a certificate with",
      "beantragt ein Zertifikat mit", says: "unrecognised"),
    Edit(
      "F76: a CN with commas, quotes, line ends and another phrase", "CN=host105",
      #"CN=\"a,b\"\r\n is revoking certificate with CN=c"#, says: "enrol"),
    Edit("F76: two CNs", "CN=host105", "CN=a,CN=b", says: "CN=a,CN=b"),
    Edit("F76: a user without a domain", #"EX\\ada"#, "ada", says: "ada,client"),
    Edit("F76: the Timer Service", #"EX\\ada"#, "Timer Service", says: "Timer Service,timer"),
    Edit(
      "F76: a title of a megabyte", "CN=host105", "CN=" + String(repeating: "x", count: 1 << 20),
      says: "xxxx"),
    Edit(
      "F78: an unknown field", #""Status":"#, #""Brand new":[1,{"a":2}],"Status":"#,
      says: "unknownField"),
    Edit("F78: a field missing", #""StatusMessage":null,"#, "", says: "105,"),
    Edit(
      "F79: Definition null",
      #"{"Id":"22222222-2222-4222-8222-222222222222","DisplayName":"Global","Version":1,"WorkflowType":"Enrollment"}"#,
      "null", says: "105,"),
    Edit(
      "F79: a definition with something 30 levels deep", #""DisplayName":"Global""#,
      #""Deep":\#(String(repeating: "[", count: 30))\#(String(repeating: "]", count: 30)),"DisplayName":"Global""#,
      says: "unknownField"),
  ]

  @Test("An odd row is kept, and flagged where its figures suffer", arguments: odd)
  func kept(edit: Edit) async throws {
    let job = try job(edit)
    let result = try await job.run()
    #expect(result.exitStatus == .complete)
    #expect(result.verdict == .proved)
    #expect(try job.ids().count == 110)
    let csv = String(decoding: try job.job.read("instances.csv"), as: UTF8.self)
    let row = try #require(csv.split(separator: "\r\n105,").last)
    let found = "105," + row.prefix(2_200_000).prefix { $0 != "\r\n" }
    for word in edit.says { #expect(found.contains(word), "\(found.prefix(600))") }
  }

  @Test("F77: titles that nobody recognises are counted, and the run is complete")
  func unrecognisedTitles() async throws {
    var rows = QuirkJob.rows()
    for index in rows.indices { rows[index].title = "something else happened" }
    let job = try QuirkJob(rows)
    #expect(try await job.run().exitStatus == .complete)
    let metrics = String(decoding: try job.job.report("metrics"), as: UTF8.self)
    #expect(metrics.contains(#""unrecognised":110"#))
  }

  @Test("F78: camel case is accepted in every row")
  func camelCase() async throws {
    let plain = try await QuirkJob.undisturbed()
    let job = try QuirkJob(after: { _, _, response in
      var response = response
      var text = String(decoding: response.body, as: UTF8.self)
      for key in [
        "Id", "Status", "Definition", "Title", "StartDate", "ReferenceId", "LastModified",
      ] {
        text = text.replacing(
          "\"\(key)\":", with: "\"\(key.prefix(1).lowercased())\(key.dropFirst())\":")
      }
      response.body = Array(text.utf8)
      return response
    })
    #expect(try await job.run().verdict == .proved)
    try job.expectSameRows(as: plain)
  }

  @Test("F80: a row somewhat outside what was asked for is counted; one far outside ends the run")
  func outside() async throws {
    let near = try job(
      Edit("", "StartDate\":\"2026-10-01T12:00:00.000Z", "StartDate\":\"2026-09-30T12:00:00.000Z"))
    #expect(try await near.run().verdict == .proved)
    #expect(try near.ids().count == 109)
    #expect(try near.completeness()["rows"] as? Int == 110)
    let far = try job(
      Edit("", "StartDate\":\"2026-10-01T12:00:00.000Z", "StartDate\":\"2026-08-01T12:00:00.000Z"))
    let error = try await far.failure()
    #expect(error.exitStatus == .brokenProtocol)
    #expect(error.description.contains("the row 105 started at 2026-08-01"))
    #expect(try far.disk().allSatisfy { $0 == ".kfaudit-read" })
  }
}
