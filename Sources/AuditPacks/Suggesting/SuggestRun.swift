import AuditModel
import AuditPlan
import AuditReduce
import AuditRender
import AuditReport

/// Proposes a configuration and bounds for a policy from what a pack holds; it changes nothing.
package struct SuggestRun: Sendable {
  private let pack: String
  private let workers: Int

  /// Makes a run; `workers` is how many processors it may use.
  package init(pack: String, workers: Int) {
    self.pack = pack
    self.workers = workers
  }

  /// The proposals as YAML that can be pasted.
  ///
  /// - Returns: The text, and how many proposals it has.
  /// - Throws: what is wrong with the pack.
  package func run() async throws -> (yaml: String, proposals: Int) {
    let pack = try PublishedPack(at: pack)
    let rows = try await PackRows(of: pack, workers: workers)
    let work = try Reperformance(of: pack, workers: workers)
    var found = SuggestedRules(settings: work.plan.settings)
    try rows.readLines { found.add(SampleRow($0)) }
    found.group()
    try rows.readLines { found.check(SampleRow($0)) }
    found.finish()
    let report: JSONValue? = pack.lists(PublishedPack.reportPath) ? try pack.report() : nil
    return found.yaml(of: pack.name, gates: SuggestedGates(report))
  }
}

/// Bounds for a policy, from the figures of a report.
struct SuggestedGates {
  /// A figure with the bound that is proposed.
  private struct Bound {
    var figure: String
    var group: String?
    var observed: String
    var max: String
  }

  private var bounds: [Bound] = []
  /// Whether there is a report to take them from.
  private let hasReport: Bool

  /// Figures that most policies ask for.
  private static let names = [
    "normalisation.unrecognisedRate", "turnaround.kaplanMeier.p90", "backlog.oldestAge",
    "backlog.open", "repeatFailures.bursts", "restarts.supersededRate",
    "indicators.hastyApprovals", "indicators.refusedThenObtained", "indicators.approvalBypass",
    "indicators.batchEnds", "indicators.manyRequesters",
  ]

  init(_ report: JSONValue?) {
    hasReport = report != nil
    guard let metrics = report?["metrics"] else { return }
    let figures = MetricCatalogue.figures
    for name in Self.names {
      guard let figure = figures.first(where: { $0.name == name }) else { continue }
      for value in figure.values(in: metrics) {
        guard let observed = value.value, !figure.isGrouped || value.group != nil else { continue }
        bounds.append(
          Bound(
            figure: name, group: value.group, observed: figure.readable(observed),
            max: Self.bound(observed, figure.unit)))
      }
    }
  }

  /// A quarter more than was observed, rounded up as people write it.
  private static func bound(_ observed: Double, _ unit: ReportFigure.Unit) -> String {
    let more = observed * 1.25
    return switch unit {
    case .ratio: "\(Int(min((more * 100).rounded(.up), 100)))%"
    case .duration: "\(Swift.max(1, Int((more / 3_600_000).rounded(.up))))h"
    case .count, .number: "\(Int(more.rounded(.up)))"
    }
  }

  /// Lines of a policy, each a comment: a configuration has no gates.
  var lines: [String] {
    guard hasReport else { return ["# No bounds for a policy: the pack has no report.json."] }
    var lines = [
      "# Bounds for a policy, a quarter above what this pack shows. They say what is usual, not what is right. They belong",
      "# into a file of their own: the lines from gates: on, without the leading \"# \".", "#",
      "# gates:",
      "#   - id: complete", "#     completeness: proved",
    ]
    for (number, bound) in bounds.enumerated() {
      lines += [
        "#   # observed: \(bound.observed)", "#   - id: usual-\(number + 1)",
        "#     metric: \(bound.figure)",
      ]
      if let group = bound.group { lines.append("#     group: \(YAMLText.quoted(group))") }
      lines.append("#     max: \(bound.max)")
    }
    return lines
  }
}
