import AuditEvidence
import AuditModel

/// One of two packs that are held against each other.
struct ComparedPack {
  let pack: PublishedPack
  let window: Range<Instant>
  /// What its report says.
  let metrics: JSONValue
  let figures: [ReportedFigure]
  let rows: PackRows

  private static let reportPath = "report.json"

  /// Opens a pack; what it does not hold is computed from its raw pages.
  init(at path: String, workers: Int) async throws {
    pack = try PublishedPack(at: path)
    let ends = pack.manifest.window
    guard let from = Instant(rfc3339: ends.from), let to = Instant(rfc3339: ends.to), from <= to
    else {
      throw PackError.unreadable(
        path: "\(pack.path)/manifest.json", reason: "its window has no readable ends.")
    }
    window = from..<to
    metrics = try await Self.metrics(of: pack, workers: workers)
    figures = ReportedFigure.all(in: metrics)
    rows = try await PackRows(of: pack, workers: workers)
  }

  private static func metrics(of pack: PublishedPack, workers: Int) async throws -> JSONValue {
    guard pack.lists(reportPath) else {
      try await pack.checkEvidence(workers: workers)
      let work = try Reperformance(of: pack, workers: workers)
      return try await work.perform(into: DigestedFiles()).report.metricValues()
    }
    try pack.check(reportPath)
    let report = try pack.report()
    guard let metrics = report["metrics"] else {
      throw PackError.unreadable(
        path: "\(pack.path)/\(reportPath)", reason: "the member metrics is missing.")
    }
    return metrics
  }

  /// The server that it was read from; `nil` for saved pages.
  var server: Name? { pack.manifest.source.server.map { Name($0) } }

  /// What stands at its head.
  var head: DiffDocument.Head {
    DiffDocument.Head(
      pack: pack.name, server: server?.string, window: pack.manifest.window,
      asOf: pack.manifest.asOf, verdict: pack.manifest.completeness.verdict,
      instances: pack.manifest.counts.instances, toolVersion: pack.manifest.toolVersion,
      manifestSha256: pack.manifestDigest.hexadecimal)
  }

  /// How many instances have each status, or each workflow type; `nil` is no type.
  var statuses: [Name?: Int] {
    guard case .object(let counts) = metrics["population"]?["byStatus"] else { return [:] }
    return Dictionary(
      counts.compactMap { name, value in value.count.map { (Name(name), $0) } },
      uniquingKeysWith: +)
  }

  var workflowTypes: [Name?: Int] {
    guard case .array(let rows) = metrics["population"]?["byWorkflowType"] else { return [:] }
    let counts = rows.compactMap { row -> (Name?, Int)? in
      guard let count = row["instances"]?.count else { return nil }
      guard case .string(let type) = row["workflowType"] else { return (nil, count) }
      return (Name(type), count)
    }
    return Dictionary(counts, uniquingKeysWith: +)
  }
}

extension JSONValue {
  fileprivate var count: Int? {
    guard case .integer(let number) = self, 0...Int64(JSONDocument.largestCount) ~= number else {
      return nil
    }
    return Int(number)
  }
}
