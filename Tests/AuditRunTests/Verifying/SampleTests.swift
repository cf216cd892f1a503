import AuditModel
import Foundation
import Testing

@testable import AuditFiles
@testable import AuditPacks
@testable import AuditRun

@Suite("Samples")
struct SampleTests {
  private func draw(
    _ pack: PackCase, size: String? = nil, rate: String? = nil, rule: String? = nil,
    stratum: String? = nil, include: String? = nil
  ) async throws -> SampleRun.Sample {
    try await SampleRun(
      pack: pack.path,
      options: SampleOptions(
        size: size, rate: rate, rule: rule, stratum: stratum, include: include),
      workers: 2
    ).run()
  }

  @Test(
    "Another program, in Python, draws the same by the documentation alone",
    arguments: [
      ["--size", "20"], ["--rate", "7.5%"], ["--rule", "br-8.7", "--stratify", "workflow_type"],
      ["--size", "30", "--stratify", "user"], ["--size", "100000"],
    ])
  func redrawn(options: [String]) async throws {
    let pack = try await PackCase.saved()
    let value = { (name: String) in
      options.firstIndex(of: name).map { options[$0 + 1] }
    }
    let sample = try await draw(
      pack, size: value("--size"), rate: value("--rate"), rule: value("--rule"),
      stratum: value("--stratify"))
    let sheet = pack.job.folder("worksheet.csv")
    try ResultFile.write(sample.worksheet, to: sheet)
    let answer = try await PythonScript(name: "redraw").run([pack.path, sheet] + options)
    #expect(answer.status == 0, "\(answer.output)")
    #expect(answer.output.contains("the same \(sample.drawn) instances"))
  }

  @Test("All of what is to be included is there, beside the random part, and says so")
  func included() async throws {
    let pack = try await PackCase.saved()
    let plain = try await draw(pack, size: "5")
    let sample = try await draw(pack, size: "5", include: "failed, Rejected")
    let lines = String(decoding: sample.worksheet, as: UTF8.self).split(separator: "\r\n")
    let statuses = lines.dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false)[7]
    }
    let report = String(decoding: try pack.read("report.json"), as: UTF8.self)
    #expect(lines.count(where: { $0.contains(",random") }) == 5)
    #expect(plain.drawn == 5)
    #expect(report.contains("\"failed\" : \(statuses.count { $0 == "Failed" })"))
    #expect(
      lines[0].hasPrefix("item,selected_by,population,stratum,stratum_population,reference_id"))
  }

  @Test(
    "What cannot be drawn is refused with the nearest name",
    arguments: [
      (["size": "0"], "whole number from 1"), (["rate": "3.14%"], "steps of a tenth"),
      (["rate": "2"], "share"), (["rule": "br-9"], "br-8.7"),
      ([:], "--size, --rate and --rule"),
      (["size": "1", "rate": "1%"], "needs one of"),
      (["size": "1", "stratum": "workflow_typ"], "Did you mean workflow_type?"),
      (["size": "1", "include": "faild"], "Did you mean"),
    ])
  func refused(options: [String: String], words: String) async throws {
    let error = try #require(throws: PackError.self) {
      _ = try SampleOptions(
        size: options["size"], rate: options["rate"], rule: options["rule"],
        stratum: options["stratum"], include: options["include"])
    }
    #expect(error.exitStatus == .usage)
    #expect(error.description.contains(words), "\(error.description)")
  }
}
