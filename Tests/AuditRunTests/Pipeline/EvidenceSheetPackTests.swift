import AuditEvidence
import AuditModel
import AuditPlan
import CommandSandbox
import Foundation
import TestSupport
import Testing

@testable import AuditPacks
@testable import AuditRun

@Suite("The evidence sheet of a pack", .slow)
struct EvidenceSheetPackTests {
  private func text(_ name: String, in folder: String) throws -> String {
    String(
      decoding: try Data(contentsOf: URL(filePath: "\(folder)/\(name)")), as: UTF8.self)
  }

  private func pack(of folder: String) throws -> [String: Any] {
    try MergeCase.report(at: folder).object("cover").object("pack")
  }

  /// Each requirement's section is a heading of the page, and no link leads nowhere.
  private func checkLinks(in folder: String) throws {
    let page = try text("report.html", in: folder)
    for requirement in try MergeCase.report(at: folder).objects("requirements") {
      let section = try #require(requirement["section"] as? String)
      #expect(page.contains("<h2 id=\"\(section)\""), "\(requirement["id"] ?? ""): \(section)")
    }
    for link in page.matches(of: try Regex("href=\"(#[^\"]+)\"", as: (Substring, Substring).self)) {
      #expect(page.contains("id=\"\(link.output.1.dropFirst())\""), "\(link.output.1)")
    }
  }

  @Test("points to sections that the page has, whatever the pack is made of")
  func links() async throws {
    let saved = try await PackCase.saved()
    try checkLinks(in: saved.path)
    let decisions = try await PackCase.saved { job in
      try job.folder.write(
        "reference_id,approver,decided_at,decision\r\n1,a,2026-10-01T00:00:00Z,approved\r\n",
        to: "decisions.csv")
      job.options.approvals = job.folder("decisions.csv")
    }
    try checkLinks(in: decisions.path)
    let design = try await PackCase.controlDesign()
    try checkLinks(in: design.path)
    let refused = try await PackCase.controlDesign { $0.showsDefinitions = false }
    try checkLinks(in: refused.path)
    let few = try await PackCase.saved { $0.options.metrics = "population" }
    try checkLinks(in: few.path)
    let packs = [
      try await MergeCase.pack(days: 1...10), try await MergeCase.pack(days: 10...20),
    ]
    let merge = try MergeCase(packs)
    try checkLinks(in: try await merge.merge())
  }

  @Test("has the first and the last date of the responses, and of saved pages none")
  func responses() async throws {
    let server = try await PackCase.server()
    let dates = Journal.reading(try server.read(Journal.path)).entries
      .flatMap(\.headers).filter { $0.name == "date" }.map(\.value)
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
    let instants = dates.compactMap { format.date(from: $0)?.timeIntervalSince1970 }
      .map { Instant(milliseconds: Int64($0) * 1000).description }
    let found = try pack(of: server.path).object("responses")
    #expect(instants.count == dates.count && !dates.isEmpty)
    #expect(found["first"] as? String == instants.min())
    #expect(found["last"] as? String == instants.max())
    #expect(try await server.verify().isIntact)
    let saved = try await PackCase.saved()
    #expect(try pack(of: saved.path)["responses"] is NSNull)
  }

  @Test("has signer, earlier pack and inputs, all of which follow from the pack again")
  func surroundings() async throws {
    let first = try await PackCase.saved { job in
      _ = try await TestKeys.forPacks(in: job.folder)
      job.now = .now
      job.options.signKey = job.folder("signer.key")
      job.options.signCertificate = job.folder("signer.pem")
      try job.configure("preparedFor: Audit")
      try job.folder.write("gates: [{id: a, completeness: proved}]", to: "policy.yaml")
      job.options.policy = job.folder("policy.yaml")
      (job.options.from, job.options.to) = ("2026-07-10", "2026-07-11")
    }
    #expect(try pack(of: first.path)["previous"] is NSNull)
    var job = first.job
    (job.options.from, job.options.to) = ("2026-07-11", "2026-07-12")
    let second = PackCase(job: job, path: try await job.run().pack)
    let found = try pack(of: second.path)
    #expect(
      try found.object("signer") as? [String: String] == [
        "kind": "cms", "name": "CN=signer,O=Test",
      ])
    #expect(
      try found.object("previous") as? [String: String] == [
        "path": "2026-07-10_2026-07-11",
        "manifestSha256": Digest.of(try first.read("manifest.json")).hexadecimal,
      ])
    let inputs = try found.objects("inputs")
    #expect(inputs.map { $0["name"] as? String } == ["configuration", "policy"])
    for (input, file) in zip(inputs, ["config.yaml", "policy.yaml"]) {
      let digest = Digest.of(try second.read("evidence/inputs/\(file)")).hexadecimal
      #expect(input["sha256"] as? String == digest, "\(file)")
    }
    #expect(try await second.verify().isIntact)
    try checkLinks(in: second.path)
  }

  @Test("A signer that is written into the report alone is found")
  func forged() async throws {
    let pack = try await PackCase.saved()
    try pack.replace(
      "\"signer\" : null", with: "\"signer\" : { \"kind\" : \"cms\", \"name\" : \"CN=a\" }",
      in: "report.json")
    try pack.forgeDigests()
    let verification = try await pack.verify()
    #expect(!verification.isIntact && verification.table.contains("cover.pack.signer"))
  }

  @Test("A pseudonymised copy leaves it to the original")
  func copy() async throws {
    let pack = try await PackCase.saved()
    let copy = try await pack.render { $0.pseudonyms = PackCase.pseudonyms }
    let cover = try MergeCase.report(at: copy).object("cover")
    #expect(cover["pack"] == nil && cover["twinOf"] is String)
    let page = try text("report.html", in: copy)
    for words in ["in the original of this copy", "How long the original is kept"] {
      #expect(page.contains(words))
    }
    try checkLinks(in: copy)
  }
}
