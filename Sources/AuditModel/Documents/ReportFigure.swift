/// A figure that gates ask for and comparisons set against an earlier one, declared beside its metric.
///
/// A metric gives its values typed; the names of report.json are there for reports that are read from disk.
public struct ReportFigure: Sendable, Equatable {
  /// What a value is.
  public enum Unit: String, Sendable {
    /// A share between 0 and 1.
    case ratio = "share"
    /// How many.
    case count = "whole number"
    /// Milliseconds.
    case duration = "time"
    /// Any other number.
    case number = "number"

    /// As data dictionaries write it.
    public var symbol: String {
      switch self {
      case .ratio: "share"
      case .duration: "ms"
      case .count, .number: "1"
      }
    }
  }

  /// The members that hold a value, its limits and how many observations it rests on.
  public struct Members: Sendable, Equatable {
    /// The value.
    public var point: String
    /// The lower limit of its interval; `nil` where it has none.
    public var low: String?
    /// The upper limit.
    public var high: String?
    /// The number of observations; `nil` where nothing is counted.
    public var n: String?

    /// Names the members.
    public init(_ point: String, low: String? = nil, high: String? = nil, n: String? = nil) {
      (self.point, self.low, self.high, self.n) = (point, low, high, n)
    }

    /// A rate with its limits: `rate`, or `firstRate` with a prefix.
    public static func rate(_ prefix: String? = nil, n: String? = nil) -> Members {
      let names = prefix.map { ["\($0)Rate", "\($0)Low", "\($0)High"] } ?? ["rate", "low", "high"]
      return Members(names[0], low: names[1], high: names[2], n: n)
    }
  }

  /// How people write it.
  public let name: String
  /// What its values are.
  public let unit: Unit
  /// Where its rows, or for a single figure its members, are in `metrics`: `sla.byWorkflowType`.
  public let place: String
  /// The members that name a row.
  public let groups: [String]
  /// The members of a row that it is read from.
  public let members: Members
  /// Whether it is set against an earlier report's: not what is itself said about that report.
  public let isComparable: Bool

  /// Declares a figure.
  public init(
    _ name: String, _ unit: Unit, in place: String, by groups: [String] = [], _ members: Members,
    isComparable: Bool = true
  ) {
    self.name = name
    self.unit = unit
    self.place = place
    self.groups = groups
    self.members = members
    self.isComparable = isComparable
  }

  /// Declares a single value of a metric under its own name: `backlog.open`.
  public static func single(
    _ metric: String, _ member: String, _ unit: Unit, n: String? = nil, isComparable: Bool = true
  ) -> ReportFigure {
    ReportFigure(
      "\(metric).\(member)", unit, in: metric, Members(member, n: n), isComparable: isComparable)
  }

  /// The members of a report's metrics that it is read from: `sla.byWorkflowType.rate`.
  public var paths: [String] {
    let values = [members.point, members.low, members.high, members.n].compactMap(\.self)
    return (groups + values).map { "\(place).\($0)" }
  }

  /// Whether it has groups.
  public var isGrouped: Bool { !groups.isEmpty }

  /// Whether its groups are users.
  public var groupsAreUsers: Bool { groups == ["user"] }

  /// Whether its groups are definitions, by their ids.
  public var groupsAreDefinitions: Bool { groups == ["definitionId"] }

  /// Whether it has an interval.
  public var hasInterval: Bool { members.low != nil }

  /// The name of a group with another text in the place of its own, found by the member that has it and by itself.
  public func group(
    _ group: String, replacing text: (_ member: String, _ own: String) -> String
  ) -> String {
    guard let first = groups.first else { return group }
    guard groups.count > 1 else { return text(first, group) }
    // The second name is a number, so that the last blank is the one between the two.
    guard let space = group.utf8.lastIndex(of: UInt8(ascii: " ")) else { return group }
    return text(first, String(group[..<space])) + group[space...]
  }

  /// A value as people read it.
  public func readable(_ value: Double) -> String {
    switch unit {
    case .ratio: DisplayFormat.percent(value)
    case .count: DisplayFormat.count(Int(value))
    case .duration: DisplayFormat.duration(milliseconds: value)
    case .number: DisplayFormat.number(value)
    }
  }
}

extension [ReportFigure] {
  /// In the order of documentation and comparisons: shares, times, counts; those of groups come before single ones.
  public var inOrder: [ReportFigure] {
    enumerated().sorted {
      ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
    }.map(\.element)
  }

  /// The table of figures in the documentation, which a test compares with the declarations.
  public var documentation: String {
    let rows = map { figure in
      let groups = figure.groups.map { "`\($0)`" }.joined(separator: " and ")
      return
        "| `\(figure.name)` | \(figure.unit.rawValue) | \(groups) | \(figure.hasInterval ? "yes" : "") |\n"
    }
    return "| metric | a | a group is named by | has an interval |\n|---|---|---|---|\n"
      + rows.joined()
  }
}

extension ReportFigure {
  /// The rate that a table is about comes before other rates beside it.
  fileprivate var rank: Int {
    switch unit {
    case .duration: 4
    case .count: 5
    case .ratio, .number: isGrouped ? (members == .rate(n: members.n) ? 0 : 1) : hasInterval ? 2 : 3
    }
  }
}

/// The value of a figure in one of its groups.
public struct ReportedFigure: Codable, Sendable, Equatable {
  /// The figure's name.
  public var figure: String
  /// The group's name; `nil` where the figure has no groups, and for the group of those without a name.
  @ExplicitNull public var group: String?
  /// The value, in the figure's unit.
  @ExplicitNull public var value: Double?
  /// The lower limit of its 95 % interval.
  @ExplicitNull public var low: Double?
  /// The upper limit.
  @ExplicitNull public var high: Double?
  /// How many observations it rests on; `nil` where nothing is counted.
  @ExplicitNull public var n: Int?

  /// A value of a figure.
  public init(
    _ figure: ReportFigure, group: String? = nil, value: Double?, low: Double? = nil,
    high: Double? = nil, n: Int? = nil
  ) {
    self.figure = figure.name
    self.group = group
    self.value = value
    self.low = low
    self.high = high
    self.n = n
  }

  /// A proportion.
  public init(_ figure: ReportFigure, group: String?, _ rate: RateDocument, n: Int) {
    self.init(figure, group: group, value: rate.rate, low: rate.low, high: rate.high, n: n)
  }
}

/// What a row of a report is read by: cells of a metric's table, or JSON of a report on disk.
private protocol FigureMember {
  /// It as a number.
  var double: Double? { get }
  /// It as the name of a group: a text, or a whole number.
  var groupName: String? { get }
}

extension ReportFigure {
  private func reported(_ member: (String) -> (any FigureMember)?) -> ReportedFigure {
    let names = groups.compactMap { member($0)?.groupName }
    return ReportedFigure(
      self, group: names.isEmpty ? nil : names.joined(separator: " "),
      value: member(members.point)?.double, low: members.low.flatMap { member($0)?.double },
      high: members.high.flatMap { member($0)?.double },
      n: members.n.flatMap { member($0)?.double }.map { Int($0) })
  }

  /// The values in the metrics of a report.json that is read from disk; none where it lacks the metric.
  public func values(in metrics: JSONValue) -> [ReportedFigure] {
    guard let value = metrics.member(place) else { return [] }
    if case .array(let rows) = value, isGrouped {
      return rows.map { row in reported { row.member($0) } }
    }
    return isGrouped ? [] : [reported { value.member($0) }]
  }

  /// The values in a section whose single figures and tables have the names of report.json.
  fileprivate func values(in section: MetricSection) -> [ReportedFigure] {
    guard isGrouped else {
      return place == section.key
        ? [reported { name in section.figures.first { $0.field.key == name }?.value }] : []
    }
    guard
      let table = section.tables.first(where: { table in
        table.place.key.map { "\(section.key).\($0)" } == place
      })
    else { return [] }
    let keys = table.fields.map(\.key)
    return table.rows(first: table.place.listed).map { row in
      reported { name in keys.firstIndex(of: name).map { row[$0] } }
    }
  }
}

extension MetricSection: MetricResult {
  /// The values of a figure; none where it is another metric's.
  public func values(of figure: ReportFigure) -> [ReportedFigure] { figure.values(in: self) }
}

extension Cell: FigureMember {
  fileprivate var double: Double? {
    switch self {
    case .count(let number): Double(number)
    case .identifier(let number): Double(number)
    case .ratio(let number), .number(let number), .duration(let number): number
    case .rate(let rate): rate.rate
    default: nil
    }
  }

  fileprivate var groupName: String? {
    switch self {
    case .text(let text), .term(let text, _): text
    default: double.flatMap { Int64(exactly: $0) }.map { String($0) }
    }
  }
}

extension JSONValue: FigureMember {
  /// The value at a path of members and indices, `kaplanMeier.limits.p50.0`; `nil` where there is none.
  fileprivate func member(_ path: String) -> JSONValue? {
    path.parts(at: ".").reduce(self as JSONValue?) { value, part in
      if case .array(let elements) = value, let index = Int(part) {
        return elements.indices.contains(index) ? elements[index] : nil
      }
      return value?[part]
    }
  }

  /// A number that no arithmetic overflows with; a report that has a larger one does not mean it.
  fileprivate var double: Double? {
    let number: Double? =
      switch self {
      case .integer(let number): Double(number)
      case .number(let number): number
      default: nil
      }
    return number.flatMap { abs($0) <= Double(JSONDocument.largestCount) ? $0 : nil }
  }

  fileprivate var groupName: String? {
    switch self {
    case .string(let text): text
    case .integer(let number): String(number)
    default: nil
    }
  }
}
