import AuditEvidence
import AuditModel
import Foundation
import TestSupport
import Testing

@testable import AuditRun

@Suite("Pseudonymised twins")
struct TwinTests {
  private func twin(
    _ pack: PackCase, key: String = "0123456789abcdef", to out: String = "twin"
  ) async throws -> [String: String] {
    let settings = LogSettings(
      level: .error, format: .text, color: .never, hidesProgress: true,
      terminal: .init(isTerminal: false, refusesColor: true))
    let log = Log(settings: settings, now: { Instant(milliseconds: 0) }, write: { _ in })
    var wishes = RenderRun.Wishes(out: pack.job.folder(out))
    wishes.pseudonyms = Pseudonyms(key: Array(key.utf8))
    _ = try await RenderRun(pack: pack.path, wishes: wishes, log: log, workers: 2).run()
    let folder = wishes.out
    let paths = try PackInventory(of: folder).files.keys.map(\.string)
    return try Dictionary(
      uniqueKeysWithValues: paths.map { path in
        (
          path,
          String(decoding: try Data(contentsOf: URL(filePath: "\(folder)/\(path)")), as: UTF8.self)
        )
      })
  }

  @Test(
    "No user, subject, host or free text of the original is left, and the same key gives the same tokens"
  )
  func names() async throws {
    let pack = try await PackCase.saved()
    let files = try await twin(pack)
    let lines = String(decoding: try pack.read("instances.ndjson"), as: UTF8.self)
      .split(separator: "\n")
    let keys = ["user", "commonName", "subject", "title", "statusMessage"]
    var names = Set<String>()
    for line in lines {
      let row = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      names.formUnion(keys.compactMap { row?[$0] as? String })
    }
    names.remove("Timer Service")
    #expect(names.count > 100)
    for (path, text) in files {
      let left = names.filter { $0.utf8.count > 8 && text.contains($0) }
      #expect(left.isEmpty, "\(path): \(left)")
    }
    #expect(try await twin(pack, to: "again") == files)
    let other = try await twin(pack, key: "fedcba9876543210", to: "other")
    #expect(other["instances.csv"] != files["instances.csv"])
    let digest = try PublishedPack(at: pack.path).manifestDigest
    #expect(files["report.json"]?.contains("\"twinOf\" : \"\(digest)\"") == true)
    #expect(files["report.html"]?.contains("Pseudonymised twin of") == true)
  }

  @Test(
    "A server's twin names neither server nor account, and what changed since the pack before is the same"
  )
  func server() async throws {
    let first = try await PackCase.server()
    let second = try await PackCase.server { job in
      var rows = QuirkJob.rows(100)
      rows[3].status = "Failed"
      rows[5].title = "An unheard-of wording by EX\\zoe-quux"
      job.server = .init(rows, now: QuirkJob.now)
      job.job.network = job.server.network
      job.job.options.previous = first.path
    }
    let files = try await twin(second)
    for (path, text) in files {
      #expect(!text.contains("kf.example") && !text.contains("auditor"), "\(path)")
      #expect(!text.contains("EX\\\\ada") && !text.contains("zoe-quux"), "\(path)")
    }
  }

  @Test("Figures that differ from the original's are an error, not a twin")
  func figures() async throws {
    let pack = try await PackCase.saved()
    let work = try Reperformance(of: PublishedPack(at: pack.path), workers: 2)
    let original = try await work.perform(into: DigestedFiles()).report.metrics
    try Twin.checkFigures(of: original, equal: original)
    var other = original
    other.population.instances += 1
    #expect(throws: PopulationError.self) { try Twin.checkFigures(of: other, equal: original) }
  }

  @Test("A key that is missing, short or open to others is refused")
  func keys() throws {
    let environment = { (file: NamedFile?) in
      RunEnvironment(variables: [:], now: Instant(milliseconds: 0), homeFolder: nil) {
        (_, _) throws(NamedFileProblem) in
        guard let file else { throw .missing }
        return file
      }
    }
    let key = Array("0123456789abcdef\n".utf8)
    _ = try PseudonymKey.read("key", in: environment(NamedFile(bytes: key)))
    for (file, status) in [
      (nil, AuditModel.ExitStatus.missingInput),
      (NamedFile(bytes: Array(key.dropFirst())), .configuration),
      (NamedFile(bytes: key, mode: 0o644), .configuration),
    ] {
      let error = try #require(throws: PlanError.self) {
        _ = try PseudonymKey.read("key", in: environment(file))
      }
      #expect(error.exitStatus == status)
    }
  }
}
