import AuditEvidence
import AuditFiles
import AuditModel
import AuditReduce
import AuditReport

/// One of two packs that are held against each other.
struct ComparedPack {
  let pack: PublishedPack
  let window: Range<Instant>
  /// What its report contains.
  let report: ReportFacts
  let rows: PackRows

  /// Opens a pack; what it does not hold is computed from its raw pages.
  init(at path: String, workers: Int) async throws {
    pack = try PublishedPack(at: path)
    guard let window = pack.manifest.window.range else {
      throw PackError.unreadable(
        path: "\(pack.path)/manifest.json", reason: "its window has no readable ends.")
    }
    self.window = window
    report = try await Self.report(of: pack, workers: workers)
    rows = try await PackRows(of: pack, workers: workers)
  }

  private static func report(of pack: PublishedPack, workers: Int) async throws -> ReportFacts {
    guard pack.lists(StoredPack.reportPath) else {
      try await pack.checkEvidence(workers: workers)
      let work = try Reperformance(of: pack, workers: workers)
      return ReportFacts(of: try await work.perform(into: DigestedFiles()).report.document.metrics)
    }
    try pack.check(StoredPack.reportPath)
    guard let metrics = try pack.files.report()["metrics"] else {
      throw PackError.unreadable(
        path: "\(pack.path)/\(StoredPack.reportPath)", reason: "the member metrics is missing.")
    }
    return ReportFacts(reading: metrics)
  }

  /// The server that it was read from; `nil` for saved pages.
  var server: Name? { pack.manifest.source.server.map { Name($0) } }

  /// Which pack it is.
  var head: PackDifference.Head {
    PackDifference.Head(
      pack: pack.name, server: server?.string, window: pack.manifest.window,
      asOf: pack.manifest.asOf, verdict: pack.manifest.completeness.verdict,
      instances: pack.manifest.counts.instances, toolVersion: pack.manifest.toolVersion,
      manifestSha256: pack.manifestDigest.hexadecimal)
  }
}
