import AuditModel

/// A figure of report.json that gates ask for and comparisons hold against an earlier one.
struct ReportFigure: Sendable, Equatable {
  /// What a value is.
  enum Unit: String, Sendable {
    case ratio = "share"
    case count = "whole number"
    case duration = "time"
    case number = "number"

    /// As data dictionaries write it.
    var symbol: String {
      switch self {
      case .ratio: "share"
      case .duration: "ms"
      case .count, .number: "1"
      }
    }
  }

  /// How people write it.
  let name: String
  let unit: Unit
  /// Where its rows, or for a single figure its values, lie in `metrics`.
  private let place: String
  /// The members that name a row.
  private let groups: [String]
  private let point: String
  private let low: String?
  private let high: String?
  private let n: String?

  private init(
    _ name: String, _ unit: Unit, at place: String, by groups: [String] = [], point: String,
    low: String? = nil, high: String? = nil, n: String? = nil
  ) {
    self.name = name
    self.unit = unit
    self.place = place
    self.groups = groups
    self.point = point
    self.low = low
    self.high = high
    self.n = n
  }

  /// Every such figure, in the order of the report.
  static let all: [ReportFigure] = rates + durations + counts

  private static let rates: [ReportFigure] =
    [
      ("byUser", "user"), ("byDefinition", "definitionId"), ("byStep", "step"),
      ("byClass", "failureClass"),
    ]
    .map { rate("failureRates.\($0.0)", at: "failureRates.\($0.0)", by: $0.1) }
    + [("byUser", "user"), ("byDefinition", "definitionId"), ("byStep", "step")].map {
      rate("rejectionRates.\($0.0)", at: "failureRates.rejectionRates.\($0.0)", by: $0.1)
    } + [
      ReportFigure(
        "sla", .ratio, at: "sla.byWorkflowType", by: ["workflowType", "limit"], point: "rate",
        low: "low", high: "high", n: "instances"),
      ReportFigure(
        "offHours", .ratio, at: "offHours.byInitiator", by: ["initiator"], point: "rate",
        low: "low", high: "high", n: "instances"),
      ReportFigure(
        "firstPassYield", .ratio, at: "firstPassYield.byAction", by: ["action"],
        point: "firstRate", low: "firstLow", high: "firstHigh", n: "firstTerminal"),
      ReportFigure(
        "eventualYield", .ratio, at: "firstPassYield.byAction", by: ["action"],
        point: "eventualRate", low: "eventualLow", high: "eventualHigh", n: "episodes"),
      ReportFigure(
        "restarts.supersededRate", .ratio, at: "restarts", point: "supersededRate",
        low: "supersededLow", high: "supersededHigh"),
      ReportFigure(
        "normalisation.unrecognisedRate", .ratio, at: "normalisation", point: "unrecognisedRate"),
      ReportFigure("concentration.top1", .ratio, at: "concentration", point: "top1", n: "named"),
      ReportFigure("concentration.top5", .ratio, at: "concentration", point: "top5", n: "named"),
      ReportFigure("concentration.hhi", .number, at: "concentration", point: "hhi", n: "named"),
    ]

  private static let durations: [ReportFigure] =
    [("turnaround", "turnaround"), ("approvalLatency", "approvalLatency.byWorkflowType")].flatMap {
      name, place in
      ["p50", "p75", "p90", "p95", "p99", "max"].map { quantile in
        ReportFigure(
          "\(name).\(quantile)", .duration, at: place, by: ["workflowType"],
          point: "completedOnly.\(quantile)", n: "completedOnly.n")
      }
        + ["p50", "p75", "p90", "p95"].map { quantile in
          ReportFigure(
            "\(name).kaplanMeier.\(quantile)", .duration, at: place, by: ["workflowType"],
            point: "kaplanMeier.\(quantile)", low: "kaplanMeier.limits.\(quantile).0",
            high: "kaplanMeier.limits.\(quantile).1", n: "kaplanMeier.n")
        }
    }
    + ["p50", "p75", "p90", "p95", "p99", "max"].map { quantile in
      ReportFigure(
        "businessHours.\(quantile)", .duration, at: "businessHours.byWorkflowType",
        by: ["workflowType"], point: quantile, n: "n")
    }
    + ["oldestAge", "idleMax"].map { single("backlog", $0, .duration) }

  private static let counts: [ReportFigure] =
    [
      ("population", "instances"), ("normalisation", "unrecognised"), ("backlog", "open"),
      ("backlog", "awaitingApproval"), ("repeatFailures", "bursts"),
      ("indicators", "ownRevocations"), ("indicators", "hastyApprovals"), ("definitions", "new"),
      ("changes", "gone"), ("changes", "altered"), ("changes", "finishedLate"),
      ("changes", "newWordings"), ("changes", "newFailureClasses"), ("changes", "appeared"),
      ("changes", "moved"), ("exceptions", "expired"), ("exceptions", "unused"),
      ("exceptions", "overlapping"), ("exceptions", "used"),
    ].map { single($0.0, $0.1, .count) }

  private static func rate(_ name: String, at place: String, by group: String) -> ReportFigure {
    ReportFigure(
      name, .ratio, at: place, by: [group], point: "rate", low: "low", high: "high", n: "terminal")
  }

  private static func single(_ metric: String, _ member: String, _ unit: Unit) -> ReportFigure {
    ReportFigure("\(metric).\(member)", unit, at: metric, point: member)
  }

  /// What it is, for the documentation.
  static var documentation: String {
    let rows = all.map { figure in
      let groups = figure.groups.map { "`\($0)`" }.joined(separator: " and ")
      return
        "| `\(figure.name)` | \(figure.unit.rawValue) | \(groups) | \(figure.hasInterval ? "yes" : "") |\n"
    }
    return "| metric | a | a group is named by | has an interval |\n|---|---|---|---|\n"
      + rows.joined()
  }

  /// Whether its groups are users.
  var isOfUsers: Bool { groups == ["user"] }

  /// The name of a group with another text in the place of its own, found by the member that has it and by itself.
  func group(_ group: String, replacing text: (_ member: String, _ own: String) -> String) -> String
  {
    guard let first = groups.first else { return group }
    guard groups.count > 1 else { return text(first, group) }
    // The second name is a number, so that the last blank is the one between the two.
    guard let space = group.utf8.lastIndex(of: UInt8(ascii: " ")) else { return group }
    return text(first, String(group[..<space])) + group[space...]
  }

  /// Whether its groups are definitions, by their ids.
  var isOfDefinitions: Bool { groups == ["definitionId"] }

  /// Whether it has groups.
  var isGrouped: Bool { !groups.isEmpty }

  /// Whether it is more than what a report says about an earlier one.
  var isComparable: Bool { place != "changes" && place != "definitions" && !isOfExceptions }

  /// Whether it counts the exceptions of a policy.
  var isOfExceptions: Bool { place == "exceptions" }

  /// Whether it has an interval.
  var hasInterval: Bool { low != nil }

  /// What a report says; nothing where it lacks the metric.
  func values(in metrics: JSONValue) -> [ReportedFigure] {
    guard let value = metrics.member(place) else { return [] }
    if case .array(let rows) = value, !groups.isEmpty { return rows.map(reported) }
    return groups.isEmpty ? [reported(value)] : []
  }

  private func reported(_ row: JSONValue) -> ReportedFigure {
    let names = groups.compactMap { row.member($0)?.words }
    return ReportedFigure(
      figure: name, group: names.isEmpty ? nil : names.joined(separator: " "),
      value: row.member(point)?.double, low: low.flatMap { row.member($0)?.double },
      high: high.flatMap { row.member($0)?.double },
      n: n.flatMap { row.member($0)?.double }.map { Int($0) })
  }

  /// A value as people read it.
  func readable(_ value: Double) -> String {
    switch unit {
    case .ratio: Readable.percent(value)
    case .count: Readable.count(Int(value))
    case .duration: Readable.duration(milliseconds: value)
    case .number: Readable.number(value)
    }
  }
}

extension JSONValue {
  /// The value at a path of members and indices, `kaplanMeier.limits.p50.0`; `nil` where there is none.
  fileprivate func member(_ path: String) -> JSONValue? {
    path.parts(at: ".").reduce(self as JSONValue?) { value, part in
      if case .array(let elements) = value, let index = Int(part) {
        return elements.indices.contains(index) ? elements[index] : nil
      }
      return value?[part]
    }
  }

  /// A number that no arithmetic overflows with; a report that holds a larger one does not mean it.
  fileprivate var double: Double? {
    let number: Double? =
      switch self {
      case .integer(let number): Double(number)
      case .number(let number): number
      default: nil
      }
    return number.flatMap { abs($0) <= Double(JSONDocument.largestCount) ? $0 : nil }
  }

  /// What names a group: a text, or a number.
  fileprivate var words: String? {
    switch self {
    case .string(let text): text
    case .integer(let number): String(number)
    default: nil
    }
  }
}
