import AuditEvidence
import AuditFiles
package import AuditModel
import AuditPlan
import AuditReduce
import AuditReport

/// Combines packs of several servers and windows into one report.
///
/// The packs' raw pages are read and reduced anew, one pack after the other, so that memory holds the states of the
/// metrics and one pack's pages.
package struct MergeRun: Sendable {
  /// What to make.
  package struct Options: Sendable {
    /// `--out`: the folder of the report, which must not be there yet.
    package var out: String
    /// `--format`: a comma-separated list.
    package var format: String?
    /// `--metrics`: a comma-separated list.
    package var metrics: String?
    /// `--config`: a configuration instead of those of the packs.
    package var config: String?
    /// `--time-zone`: an IANA name instead of that of the packs.
    package var timeZone: String?
    /// `--template`: a folder of templates.
    package var template: String?

    /// What the packs have, in a folder.
    package init(out: String) {
      self.out = out
    }
  }

  private let packs: [String]
  private let options: Options
  private let warning: @Sendable (Message) -> Void
  private let workers: Int

  /// Makes a run over packs; `workers` is how many processors it may use, `warning` takes what deserves a look.
  package init(
    packs: [String], options: Options, workers: Int, warning: @escaping @Sendable (Message) -> Void
  ) {
    (self.packs, self.options, self.warning, self.workers) = (packs, options, warning, workers)
  }

  /// Makes the report; its folder is there only when it is complete.
  ///
  /// - Returns: How much is known about completeness: the worst of all servers.
  /// - Throws: why a pack cannot be used, or the packs cannot be merged.
  package func run() async throws -> CompletenessDocument.Verdict {
    let foreign = try foreign()
    if !foreign.isEmpty { warning(Message(.passedOver, foreign.joined(separator: ", "))) }
    let merge = try MergePlan(
      of: packs.filter { !foreign.contains($0) }, options, workers: workers)
    let template = try ReportTemplate(named: merge.plan.templateFolder)
    let output = try OutputFolder(at: options.out, asWhole: true)
    if output.isTaken { throw MergeError.outputNotEmpty(path: options.out) }
    let files = try output.begin()
    defer { files.discard() }
    let report = try await report(merge, scratch: files.folder)
    try await report.write(by: template, into: files)
    try files.write(Checksums.of(files.files), to: Checksums.name, mediaType: "text/plain")
    try output.publish(files)
    return report.document.completeness.verdict
  }

  /// What lies beside a pack that was named and is none, by its name and by what it holds: of an archive a shell names
  /// everything.
  private func foreign() throws(ArchiveError) -> [String] {
    let places = packs.map { path in
      let parts = path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
      return (path: path, folder: Array(parts.dropLast()), pack: parts.last.flatMap(PackName.init))
    }
    let archives = Set(places.filter { $0.pack != nil }.map(\.folder))
    var foreign: [String] = []
    for place in places where place.pack == nil && archives.contains(place.folder) {
      let isThere = { (path: String) throws(ArchiveError) in
        try FileSystem.status(of: path) != nil
      }
      let isZip = place.path.ends(with: ".zip")
      if isZip, !packs.contains(where: { "\($0).zip".isSame(as: place.path) }) { continue }
      if try isThere(place.path), try !isThere("\(place.path)/manifest.json") {
        foreign.append(place.path)
      }
    }
    return foreign
  }

  private func report(
    _ merge: MergePlan, scratch folder: String
  ) async throws -> FinishedReport {
    var whole = AuditSummary(
      plan: merge.reduction(windowStart: nil, decisions: merge.decisions(of: [])))
    var merged = MergedReport(merge: merge)
    for packs in merge.servers {
      var server = try MergedServer(
        packs, merge.reduction(windowStart: nil, decisions: merge.decisions(of: packs)),
        scratch: folder)
      for pack in packs { try await server.add(pack, merge, workers: workers) }
      // Of one server alone, its own figures are those of the whole.
      if merge.servers.count > 1 { whole.merge(server.summary) }
      try merged.add(&server)
    }
    return FinishedReport(merged.contents(over: &whole), of: merge.plan)
  }
}

/// Why packs cannot be merged.
package enum MergeError: AuditFailure, Equatable {
  /// No pack was named.
  case noPacks
  /// A pack lacks instances, or was kept unfinished.
  case incomplete(pack: String)
  /// Two packs were made with different settings.
  case differing(Setting, first: String, second: String)
  /// The folder for the report holds something.
  case outputNotEmpty(path: String)
  /// A format that needs the rows, which a report over several packs does not hold.
  case needsRows(format: String, known: [String])
  /// A metric that holds a pack against an earlier one.
  case needsEarlierPack(metric: String)
  /// A metric about definitions, which no pack has.
  case needsDefinitions(metric: String)

  /// What packs must agree on.
  package enum Setting: String, Sendable {
    /// `timeZone`: in which zone days are counted.
    case timeZone = "time zone"
    /// `statusMap`: what integer statuses mean.
    case statusMap = "status map"
    /// Whom the report is for.
    case preparedFor = "recipient"
    /// Everything that the configuration says about metrics.
    case metrics = "settings of metrics"
  }

  /// Which pack or option, what is wrong with it, and what to do.
  package var message: Message {
    switch self {
    case .noPacks: Message(.noPacksToMerge)
    case .incomplete(let pack): Message(.incompletePack, TerminalText.sanitized(pack))
    case .differing(let setting, let first, let second):
      Message(
        .differingPacks, TerminalText.sanitized(first), TerminalText.sanitized(second),
        "\(setting.rawValue)\(setting == .timeZone ? "s" : "")", remedy(setting))
    case .outputNotEmpty(let path): Message(.mergeOutputNotEmpty, TerminalText.sanitized(path))
    case .needsRows(let format, let known):
      Message(.formatNeedsRows, format, known.joined(separator: ", "))
    case .needsEarlierPack(let metric): Message(.metricNeedsEarlierPack, metric)
    case .needsDefinitions(let metric): Message(.metricNeedsDefinitions, metric)
    }
  }

  private func remedy(_ setting: Setting) -> String {
    setting == .timeZone
      ? "the zone with --time-zone"
      : "the configuration with --config"
  }
}
