public import AuditModel
import AuditReduce

/// Combines packs of several servers and windows into one report.
///
/// The packs' raw pages are read and reduced anew, one pack after the other, so that memory holds the states of the
/// metrics and one pack's pages.
public struct MergeRun: Sendable {
  /// What to make.
  public struct Wishes: Sendable {
    /// `--out`: the folder of the report, which must not be there yet.
    public var out: String
    /// `--format`: a comma-separated list.
    public var format: String?
    /// `--metrics`: a comma-separated list.
    public var metrics: String?
    /// `--config`: a configuration instead of those of the packs.
    public var config: String?
    /// `--time-zone`: an IANA name instead of that of the packs.
    public var timeZone: String?
    /// `--template`: a folder of templates.
    public var template: String?

    /// Wishes for the usual, in a folder.
    public init(out: String) {
      self.out = out
    }
  }

  private let packs: [String]
  private let wishes: Wishes
  private let workers: Int

  /// Makes a run over packs; `workers` is how many processors it may use.
  public init(packs: [String], wishes: Wishes, workers: Int) {
    self.packs = packs
    self.wishes = wishes
    self.workers = workers
  }

  /// Makes the report; its folder is there only when it is complete.
  ///
  /// - Returns: How much is known about completeness: the worst of all servers.
  /// - Throws: why a pack cannot be used, or the packs cannot be merged.
  public func run() async throws -> CompletenessDocument.Verdict {
    let merge = try MergePlan(of: packs, wishes, workers: workers)
    let template = try ReportTemplate(folder: merge.plan.templateFolder)
    let output = try NewFolder(at: wishes.out, outside: merge.servers.joined().map(\.path))
    let files = try output.begin()
    defer { files.discard() }
    let report = try await report(merge, scratch: files.folder)
    try await ReportWriter(plan: merge.plan, page: template.report).write(
      report, nil, asOf: Instant(milliseconds: 0), into: files)
    try output.publish(files)
    return report.completeness.verdict
  }

  private func report(
    _ merge: MergePlan, scratch folder: String
  ) async throws -> ReportDocument {
    var whole = AuditSummary(plan: merge.reduction(windowStart: nil))
    var assembly = MergeAssembly(plan: merge.plan)
    for packs in merge.servers {
      var server = try MergedServer(
        packs, merge.reduction(windowStart: nil), scratch: folder)
      for pack in packs { try await server.add(pack, merge, workers: workers) }
      // Of one server alone, its own figures are those of the whole.
      if merge.servers.count > 1 { whole.merge(server.summary) }
      try assembly.add(&server)
    }
    return assembly.report(over: &whole)
  }
}
