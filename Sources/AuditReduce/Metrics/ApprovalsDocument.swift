package import AuditModel

/// `approvals`: who decided, and when, as far as a file from elsewhere says so.
package struct ApprovalsDocument: Encodable, Sendable, Equatable {
  /// A person who decided, and on how many of the decided instances.
  struct Decider: Sendable, Equatable {
    var approver: String
    var decided: Int
  }

  /// The names of the files.
  var files: [String] = []
  /// Rows of the files.
  var rows = 0
  /// Decisions for instances that are not in the window.
  var unlinked = 0
  /// Decisions that only repeat another one.
  var duplicates = 0
  /// Rows of an audit log that are not decisions on an instance.
  var otherRows = 0
  /// Columns that are not used.
  var unusedColumns: [String] = []
  /// Terminal instances of approval-bearing definitions.
  package internal(set) var required = 0
  /// Those of them that have a decision.
  package internal(set) var decided = 0
  /// Decided instances that their own requester decided, by reference id.
  var selfDecided: [Int64] = []
  /// Decided instances whose title names no requester.
  package internal(set) var withoutUser = 0
  /// Those who decided, who decided most first.
  var deciders: [Decider] = []
  /// From the start to the decision.
  var decisionTime: [TurnaroundDocument] = []
  /// From the start to the last activity of the same instances: what is known without the file.
  var upperBound: [TurnaroundDocument] = []
  /// Whether reference ids say which instances are meant: not over several servers.
  private(set) var listsInstances = true
  /// Whether opening hours are known.
  var hasCalendar = false
  /// The decisions on instances of the window.
  var decisions: [Row] = []
  /// The lines of decisions that name two instances.
  package internal(set) var contradictions: [Int] = []

  /// Decided ÷ required.
  var coverage: RateDocument { WilsonInterval.rate(decided, of: required) }
  /// Required instances without a decision.
  var uncovered: Int { required - decided }
  /// The names of the files in one text.
  var file: String { files.joined(separator: ", ") }
  /// Decisions after the last activity of an instance that has ended.
  var afterEnd: Int { decisions.count { $0.isAfterEnd == true } }
  /// Decisions before the start of their instance, which no clock can be right about.
  var beforeStart: Int { decisions.count { $0.time.map { $0 < 0 } ?? false } }
  /// Decisions outside the opening hours; `nil` where these are not known.
  var outsideHours: Int? { hasCalendar ? decisions.count { $0.isOutsideHours == true } : nil }

  /// All pairs of an approver and a decided instance.
  private var pairs: Int { deciders.reduce(0) { $0 + $1.decided } }
  /// The share of a decider of these.
  func share(_ decider: Decider) -> Double { Double(decider.decided) / Double(pairs) }
  /// The share of those who decided most; one division, so that it is exact.
  func top(_ count: Int) -> Double? {
    pairs == 0
      ? nil : Double(deciders.prefix(count).reduce(0) { $0 + $1.decided }) / Double(pairs)
  }
  /// The Herfindahl–Hirschman index of the shares.
  var concentration: Double? {
    pairs == 0 ? nil : deciders.map { share($0) * share($0) }.reduce(0, +)
  }

  private enum Key: String, CodingKey {
    case caption, file, rows, linked, unlinked, duplicates, otherRows, unusedColumns
    case required, decided, coverage, selfDecided, withoutUser, deciders, top1, top5, hhi
    case decisionTime, beforeStart, outsideHours, afterEnd
  }

  private enum OwnKey: String, CodingKey { case k, n, ids }
  private enum DeciderKey: String, CodingKey { case approver, decided, share }

  /// Writes the figures; the decisions are in their table.
  package func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: Key.self)
    try members.encode(caption, forKey: .caption)
    try members.encode(file, forKey: .file)
    try members.encode(rows, forKey: .rows)
    try members.encode(decisions.count, forKey: .linked)
    try members.encode(unlinked, forKey: .unlinked)
    try members.encode(duplicates, forKey: .duplicates)
    try members.encode(otherRows, forKey: .otherRows)
    try members.encode(unusedColumns, forKey: .unusedColumns)
    try members.encode(required, forKey: .required)
    try members.encode(decided, forKey: .decided)
    try members.encode(withoutUser, forKey: .withoutUser)
    try members.encode(top(1), forKey: .top1)
    try members.encode(top(5), forKey: .top5)
    try members.encode(concentration, forKey: .hhi)
    try members.encode(decisionTime, forKey: .decisionTime)
    try members.encode(beforeStart, forKey: .beforeStart)
    try members.encode(outsideHours, forKey: .outsideHours)
    try members.encode(afterEnd, forKey: .afterEnd)
    try members.encode(CountedRate(k: decided, n: required), forKey: .coverage)
    var own = members.nestedContainer(keyedBy: OwnKey.self, forKey: .selfDecided)
    try own.encode(selfDecided.count, forKey: .k)
    try own.encode(decided, forKey: .n)
    try own.encode(listsInstances ? selfDecided : [], forKey: .ids)
    var list = members.nestedUnkeyedContainer(forKey: .deciders)
    for decider in deciders {
      var row = list.nestedContainer(keyedBy: DeciderKey.self)
      try row.encode(decider.approver, forKey: .approver)
      try row.encode(decider.decided, forKey: .decided)
      try row.encode(share(decider), forKey: .share)
    }
  }
}

extension ApprovalsDocument {
  /// What policies can ask of it.
  static let figures: [ReportFigure] =
    [
      ReportFigure("approvals.coverage", .ratio, in: "approvals.coverage", .rate(n: "n")),
      .single("approvals", "top1", .ratio, n: "decided"),
      .single("approvals", "top5", .ratio, n: "decided"),
      .single("approvals", "hhi", .number, n: "decided"),
    ] + [TurnaroundDocument].figures("approvals.decisionTime", in: "approvals.decisionTime") + [
      ReportFigure(
        "approvals.selfDecided", .count, in: "approvals.selfDecided", .init("k", n: "n")),
      .single("approvals", "unlinked", .count),
      .single("approvals", "afterEnd", .count, n: "linked"),
      .single("approvals", "outsideHours", .count, n: "linked"),
      .single("approvals", "beforeStart", .count, n: "linked"),
    ]

  /// The values of a figure of this metric.
  package func values(of figure: ReportFigure) -> [ReportedFigure] {
    func count(_ number: Int?, n: Int? = nil) -> [ReportedFigure] {
      [ReportedFigure(figure, value: number.map(Double.init), n: n)]
    }
    // That no decision is odd shows nothing of requests of which none is decided.
    func odd(_ number: Int?) -> [ReportedFigure] {
      count(decided == 0 && number == 0 ? nil : number, n: decisions.count)
    }
    switch figure.name {
    case "approvals.coverage":
      return [ReportedFigure(figure, group: nil, coverage, n: required)]
    case "approvals.top1": return [ReportedFigure(figure, value: top(1), n: decided)]
    case "approvals.top5": return [ReportedFigure(figure, value: top(5), n: decided)]
    case "approvals.hhi": return [ReportedFigure(figure, value: concentration, n: decided)]
    case "approvals.selfDecided":
      // Nobody is known to be somebody else where no requester is known.
      return count(withoutUser > 0 && withoutUser == decided ? nil : selfDecided.count, n: decided)
    case "approvals.unlinked": return count(unlinked)
    case "approvals.afterEnd": return odd(afterEnd)
    case "approvals.outsideHours": return odd(outsideHours)
    case "approvals.beforeStart": return odd(beforeStart)
    default: return Self.figures.contains(figure) ? decisionTime.quantiles(of: figure) : []
    }
  }

  /// How many are not covered, beside everything that is concluded from the others, and how many requesters nobody knows.
  package func caveat(on figure: ReportFigure) -> String? {
    let says = ["approvals.coverage", "approvals.unlinked"].contains { $0 == figure.name }
    guard Self.figures.contains(figure), !says else { return nil }
    var parts: [String] = []
    if uncovered > 0 {
      parts.append(
        "\(DisplayFormat.count(uncovered)) of \(Counted(required, "request").phrase) "
          + "\(Counted(uncovered, "").verb) not covered")
    }
    if figure.name == "approvals.selfDecided", withoutUser > 0 {
      parts.append(
        "\(DisplayFormat.count(withoutUser)) of \(Counted(decided, "covered request").phrase) "
          + "\(Counted(withoutUser, "").choose("has", "have")) no known requester")
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// The document over several servers: one reference id names an instance on each of them.
  package var overSeveralServers: ApprovalsDocument {
    var document = self
    document.listsInstances = false
    return document
  }
}

extension ApprovalsDocument: DecisionEvidence {
  /// Decided instances that their own requester decided.
  package var ownDecisions: Int { selfDecided.count }
}
