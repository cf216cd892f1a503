import AuditEvidence
import AuditModel
import AuditPacks
import AuditPlan
import TestSupport
import Testing

@testable import AuditRun

@Suite("Packs that name another version", .slow)
struct OtherVersionTests {
  /// A pack whose manifest names another version.
  private func pack(_ format: String) async throws -> PackCase {
    let pack = try await PackCase.saved { $0.options.format = format }
    try pack.replace(
      "\"toolVersion\" : \"\(ToolVersion.current)\"", with: "\"toolVersion\" : \"0.0.1\"",
      in: "manifest.json")
    try pack.forgeDigests()
    return pack
  }

  @Test(
    "Rows, fingerprint, counts, verdict and figures are compared all the same",
    arguments: [
      ("instances.ndjson", "\"Complete\"", "\"Suspended\""),
      ("instances.csv", "Complete", "Suspended"),
      ("manifest.json", "\"instances\" : 120", "\"instances\" : 119"),
      ("manifest.json", "\"distinct\" : 120", "\"distinct\" : 121"),
      ("manifest.json", "\"verdict\" : \"unproved\"", "\"verdict\" : \"proved\""),
      ("manifest.json", "\"merkleRoot\" : \"", "\"merkleRoot\" : \"0"),
      ("report.json", "\"verdict\" : \"unproved\"", "\"verdict\" : \"proved\""),
      ("report.json", "\"instances\" : 120", "\"instances\" : 119"),
      ("evidence/inputs/options.json", "\"verdict\" : \"unproved\"", "\"verdict\" : \"proved\""),
    ])
  func compared(file: String, old: String, new: String) async throws {
    let pack = try await pack("csv,json,ndjson")
    try pack.replace(old, with: new, in: file)
    try pack.forgeDigests()
    let found = try await pack.verify()
    #expect(found.exitStatus == .brokenData, "\(found.table)")
  }

  @Test("What is not compared is not done, and a pack without report.json passes nothing")
  func notDone() async throws {
    let whole = try await pack("csv,json,html").verify()
    #expect(whole.isIntact, "\(whole.table)")
    #expect(whole.checks.first { $0.name == "rows" }?.result == .passed)
    #expect(whole.checks.first { $0.name == "re-performance" }?.result == .passed)
    #expect(whole.checks.first { $0.name == "other files" }?.result == .notDone)
    let bare = try await pack("csv").verify()
    #expect(bare.isIntact, "\(bare.table)")
    #expect(bare.checks.first { $0.name == "rows" }?.result == .passed)
    #expect(bare.checks.first { $0.name == "re-performance" }?.result == .notDone)
  }

  @Test("Another version may have other words and fewer figures, and no other figure")
  func otherWords() async throws {
    let pack = try await pack("csv,json")
    try pack.replace(
      "\"caption\" : \"", with: "\"caption\" : \"Once worded so. ", in: "report.json")
    try pack.replace("\"withoutUser\" : ", with: "\"nobody\" : ", in: "report.json")
    try pack.forgeDigests()
    let found = try await pack.verify()
    #expect(found.isIntact, "\(found.table)")
    try pack.replace("\"superseded\" : ", with: "\"superseded\" : 1", in: "report.json")
    try pack.forgeDigests()
    #expect(try await pack.verify().exitStatus == .brokenData)
  }

  @Test("Rules of another number may read the same rows, and excuse no other ones")
  func otherRules() async throws {
    let pack = try await pack("csv,json,ndjson")
    try pack.replace("\"rulesVersion\" : 2", with: "\"rulesVersion\" : 1", in: "report.json")
    try pack.forgeDigests()
    let found = try await pack.verify()
    #expect(found.isIntact, "\(found.table)")
    #expect(found.checks.first { $0.name == "re-performance" }?.result == .passed)
    try pack.replace("Complete", with: "Suspended", in: "instances.csv")
    try pack.forgeDigests()
    #expect(try await pack.verify().exitStatus == .brokenData)
  }
}
