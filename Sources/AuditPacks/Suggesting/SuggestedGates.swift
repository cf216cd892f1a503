import AuditModel
import AuditReduce

/// Bounds for a policy, from the figures of one report or of several side by side.
struct SuggestedGates {
  /// What a report contains of the figures that most policies ask for.
  struct Observation {
    /// The pack's name.
    var pack: String
    /// The figures.
    var values: [ReportedFigure]

    /// Takes the figures out of a report.
    init(_ pack: String, report: JSONValue) {
      self.pack = pack
      values = report["metrics"].map { metrics in figures.flatMap { $0.values(in: metrics) } } ?? []
    }
  }

  private static let figures = [
    "normalisation.unrecognisedRate", "turnaround.kaplanMeier.p90", "backlog.oldestAge",
    "backlog.open", "repeatFailures.bursts", "restarts.supersededRate",
    "indicators.hastyApprovals", "indicators.refusedThenObtained", "indicators.approvalBypass",
    "indicators.batchEnds", "indicators.manyRequesters",
  ].compactMap { name in MetricCatalogue.figures.first { $0.name == name } }
  /// With fewer packs the highest value that was seen is exceeded too often to be a bound.
  private static let fewest = 10

  /// In the order of their periods.
  let observations: [Observation]
  /// The packs that were left out, since their files do not fit.
  let damaged: [String]

  /// Lines of a policy, each a comment: a configuration has no gates.
  var lines: [String] {
    guard let first = observations.first, let last = observations.last else {
      return ["# No bounds for a policy: there is no report.json."]
    }
    let packs = observations.count == 1 ? "this pack" : "\(observations.count) packs"
    let areMany = observations.count >= Self.fewest
    return [
      "# Bounds for a policy: \(areMany ? "the highest value" : "a quarter above the highest value") of \(packs),",
      "# \(first.pack)\(observations.count > 1 ? " to \(last.pack)" : "").",
    ]
      + (areMany
        ? [
          "# If nothing changes, about one pack in \(observations.count + 1) exceeds such a bound. Where fewer than",
          "# \(Self.fewest) packs have a value, the bound is a quarter above the highest one.",
        ] : [])
      + damaged.map {
        "# Left out, since its files are damaged: \(YAMLText.quoted($0)). Run kfaudit verify on it."
      }
      + [
        "# They show what is usual, not what is right. Put them into a file of their own: the lines from gates: on,",
        "# without the leading \"# \".", "#",
        "# gates:",
        "#   - id: complete", "#     completeness: proved",
      ]
      + Self.figures.flatMap(series).enumerated().flatMap { number, lines in
        ["#   # \(lines.observed)", "#   - id: usual-\(number + 1)"]
          + lines.gate.map { "#     \($0)" }
      }
  }

  /// What was observed of a figure in each of its groups, and the gate that follows.
  private func series(of figure: ReportFigure) -> [(observed: String, gate: [String])] {
    var groups: [Name?] = []
    var values: [Name?: [(pack: String, reported: ReportedFigure)]] = [:]
    for observation in observations {
      for reported in observation.values where reported.figure.isSame(as: figure.name) {
        let group = reported.group.map { Name($0) }
        guard reported.value != nil, !figure.isGrouped || group != nil else { continue }
        if values[group] == nil { groups.append(group) }
        values[group, default: []].append((observation.pack, reported))
      }
    }
    return groups.compactMap { group in
      let seen = values[group] ?? []
      guard let highest = seen.max(by: { $0.reported.value ?? 0 < $1.reported.value ?? 0 }),
        let value = highest.reported.value
      else { return nil }
      return (
        observed(highest, of: seen.compactMap(\.reported.value), in: figure),
        ["metric: \(figure.name)"]
          + (group.map { ["group: \(YAMLText.quoted($0.string))"] } ?? [])
          + ["max: \(Self.bound(seen.count < Self.fewest ? value * 1.25 : value, figure.unit))"]
      )
    }
  }

  private func observed(
    _ highest: (pack: String, reported: ReportedFigure), of values: [Double],
    in figure: ReportFigure
  ) -> String {
    var words = "observed: \(figure.readable(highest.reported.value ?? 0))"
    if let n = highest.reported.n { words += ", n = \(n)" }
    if let low = highest.reported.low, let high = highest.reported.high {
      words += ", 95% interval \(figure.readable(low)) to \(figure.readable(high))"
    }
    guard observations.count > 1 else { return words }
    let without = observations.count - values.count
    return "\(words) in \(highest.pack); lowest: \(figure.readable(values.min() ?? 0))"
      + (without > 0 ? "; no value in \(Counted(without, "pack").phrase)" : "")
  }

  /// A value rounded up as people write it.
  private static func bound(_ value: Double, _ unit: ReportFigure.Unit) -> String {
    switch unit {
    case .ratio: "\(Int(min((value * 100).rounded(.up), 100)))%"
    case .duration: "\(max(1, Int((value / 3_600_000).rounded(.up))))h"
    case .count, .number: "\(Int(value.rounded(.up)))"
    }
  }
}
