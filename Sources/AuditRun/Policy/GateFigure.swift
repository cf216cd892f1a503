import AuditModel

/// A figure of report.json that a gate can ask for.
struct GateFigure: Sendable, Equatable {
  /// What a value is.
  enum Unit: Sendable {
    case ratio
    case count
    case duration
    case number
  }

  /// What is known of one group.
  struct Observation: Sendable, Equatable {
    /// The group's name; `nil` where the figure has no groups.
    var group: String?
    var point: Double?
    var low: Double?
    var high: Double?
    /// How many observations the figure rests on; `nil` where that is no question.
    var n: Int?
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

  /// Every figure that a gate can ask for.
  static let all: [GateFigure] = rates + durations + counts

  private static let rates: [GateFigure] =
    [
      ("byUser", "user"), ("byDefinition", "definitionId"), ("byStep", "step"),
      ("byClass", "failureClass"),
    ]
    .map { rate("failureRates.\($0.0)", at: "failureRates.\($0.0)", by: $0.1) }
    + [("byUser", "user"), ("byDefinition", "definitionId"), ("byStep", "step")].map {
      rate("rejectionRates.\($0.0)", at: "failureRates.rejectionRates.\($0.0)", by: $0.1)
    } + [
      GateFigure(
        "sla", .ratio, at: "sla.byWorkflowType", by: ["workflowType", "limit"], point: "rate",
        low: "low", high: "high", n: "instances"),
      GateFigure(
        "offHours", .ratio, at: "offHours.byInitiator", by: ["initiator"], point: "rate",
        low: "low", high: "high", n: "instances"),
      GateFigure(
        "firstPassYield", .ratio, at: "firstPassYield.byAction", by: ["action"],
        point: "firstRate", low: "firstLow", high: "firstHigh", n: "firstTerminal"),
      GateFigure(
        "eventualYield", .ratio, at: "firstPassYield.byAction", by: ["action"],
        point: "eventualRate", low: "eventualLow", high: "eventualHigh", n: "episodes"),
      GateFigure(
        "restarts.supersededRate", .ratio, at: "restarts", point: "supersededRate",
        low: "supersededLow", high: "supersededHigh"),
      GateFigure(
        "normalisation.unrecognisedRate", .ratio, at: "normalisation", point: "unrecognisedRate"),
      GateFigure("concentration.top1", .ratio, at: "concentration", point: "top1", n: "named"),
      GateFigure("concentration.top5", .ratio, at: "concentration", point: "top5", n: "named"),
      GateFigure("concentration.hhi", .number, at: "concentration", point: "hhi", n: "named"),
    ]

  private static let durations: [GateFigure] =
    [("turnaround", "turnaround"), ("approvalLatency", "approvalLatency.byWorkflowType")].flatMap {
      name, place in
      ["p50", "p75", "p90", "p95", "p99", "max"].map { quantile in
        GateFigure(
          "\(name).\(quantile)", .duration, at: place, by: ["workflowType"],
          point: "completedOnly.\(quantile)", n: "completedOnly.n")
      }
        + ["p50", "p75", "p90", "p95"].map { quantile in
          GateFigure(
            "\(name).kaplanMeier.\(quantile)", .duration, at: place, by: ["workflowType"],
            point: "kaplanMeier.\(quantile)", low: "kaplanMeier.limits.\(quantile).0",
            high: "kaplanMeier.limits.\(quantile).1", n: "kaplanMeier.n")
        }
    }
    + ["p50", "p75", "p90", "p95", "p99", "max"].map { quantile in
      GateFigure(
        "businessHours.\(quantile)", .duration, at: "businessHours.byWorkflowType",
        by: ["workflowType"], point: quantile, n: "n")
    }
    + ["oldestAge", "idleMax"].map { single("backlog", $0, .duration) }

  private static let counts: [GateFigure] =
    [
      ("population", "instances"), ("normalisation", "unrecognised"), ("backlog", "open"),
      ("backlog", "awaitingApproval"), ("repeatFailures", "bursts"),
      ("indicators", "ownRevocations"), ("indicators", "hastyApprovals"), ("definitions", "new"),
      ("changes", "gone"), ("changes", "altered"), ("changes", "finishedLate"),
      ("changes", "newWordings"),
    ].map { single($0.0, $0.1, .count) }

  private static func rate(_ name: String, at place: String, by group: String) -> GateFigure {
    GateFigure(
      name, .ratio, at: place, by: [group], point: "rate", low: "low", high: "high", n: "terminal")
  }

  private static func single(_ metric: String, _ member: String, _ unit: Unit) -> GateFigure {
    GateFigure("\(metric).\(member)", unit, at: metric, point: member)
  }

  /// Whether it has an interval.
  var hasInterval: Bool { low != nil }

  /// What a report says; nothing where it lacks the metric.
  func observations(in metrics: JSONValue) -> [Observation] {
    guard let value = metrics.member(place) else { return [] }
    if case .array(let rows) = value, !groups.isEmpty { return rows.map(observation) }
    return groups.isEmpty ? [observation(value)] : []
  }

  private func observation(_ row: JSONValue) -> Observation {
    let names = groups.compactMap { row.member($0)?.words }
    return Observation(
      group: groups.isEmpty ? nil : names.joined(separator: " "),
      point: row.member(point)?.double, low: low.flatMap { row.member($0)?.double },
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
    path.split(separator: ".").reduce(self as JSONValue?) { value, part in
      if case .array(let elements) = value, let index = Int(part) {
        return elements.indices.contains(index) ? elements[index] : nil
      }
      return value?[String(part)]
    }
  }

  fileprivate var double: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .number(let number): number
    default: nil
    }
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
