import AuditModel

extension GroupRateDocument {
  /// The columns of tables of rates: who or what, how many of how many, and the rate with its interval.
  enum Columns {
    typealias RateColumn = Column<GroupRateDocument>

    static let user = RateColumn(
      "user", "User", .text, about: "The initiating user, as spelled in the smallest reference id."
    ) { if case .user(let user) = $0.group { .text(user) } else { .missing(.none) } }

    static let definitionId = RateColumn(
      "definition_id", "Definition ID", .text, about: "The GUID of the workflow definition."
    ) { if case .definition(let id, _) = $0.group { .text(id) } else { .missing(.none) } }

    static let definitionName = RateColumn(
      "definition_name", "Definition", .text, about: "The display name of the workflow definition."
    ) { if case .definition(_, let name) = $0.group { .text(name) } else { .missing(.none) } }

    static let step = RateColumn(
      "step", "Step ID", .text, about: "The unique name of the step."
    ) {
      switch $0.group {
      case .step(let uniqueName, _): .text(uniqueName)
      case .failureClass(_, let step): .text(step)
      case .user, .definition: .missing(.none)
      }
    }

    static let stepName = RateColumn(
      "step_name", "Step", .text, about: "The display name of the step."
    ) {
      switch $0.group {
      case .step(_, let name): .text(name)
      case .failureClass(_, let step): .text(step)
      case .user, .definition: .missing(.none)
      }
    }

    static let failureClass = RateColumn(
      "failure_class", "Category", .text,
      about: "Why the instances failed, read from their status message."
    ) {
      if case .failureClass(let name, _) = $0.group {
        .term(name, label: label(ofClass: name))
      } else {
        .missing(.none)
      }
    }

    static let group = RateColumn(
      "group", "Grouped by", .text, about: "What the row is about: user, definition, step or class."
    ) {
      switch $0.group {
      case .user: .term("user", label: "User")
      case .definition: .term("definition", label: "Definition")
      case .step: .term("step", label: "Step")
      case .failureClass: .term("class", label: "Failure category")
      }
    }

    /// How many of how many, the rate and its interval.
    static func figures(of event: GroupRateDocument.Event) -> [Column<GroupRateDocument>] {
      let word = event == .failed ? "Failed" : "Rejected"
      return [
        RateColumn(
          event.rawValue, word, .count, about: "Instances that ended as \(word): k."
        ) { .count($0.count) },
        .count(
          "terminal", "Finished",
          about: "Instances that ended as Complete, Failed or Rejected: n. For steps and failure "
            + "classes, all of the window."
        ) { $0.terminal },
      ] + RateColumn.rate("Rate", about: "k/n; empty when n is 0.") { $0.rate } + [
        .small { $0.rate }
      ]
    }

    /// How far a group lies from all groups together.
    static let outliers: [Column<GroupRateDocument>] = [
      .ratio(
        "tail", "Tail",
        about:
          "min(P(X ≤ k), P(X ≥ k)) under the overall rate; empty where n is not the group's own."
      ) { $0.outlier?.tail },
      RateColumn(
        "flag", "Beyond chance", .text,
        about: "beyond95 when the tail is below 0.025, beyond998 when it is below 0.001."
      ) {
        switch $0.outlier?.flag {
        case .beyond95: .term("beyond95", label: "95%")
        case .beyond998: .term("beyond998", label: "99.8%")
        case nil: .missing(.none)
        }
      },
    ]

    /// A failure class as people read it.
    static func label(ofClass name: String) -> String {
      switch name {
      case "accessDenied": "Access denied"
      case "caUnavailable": "CA unavailable"
      case "preProcess": "Pre-processing"
      case "postProcess": "Post-processing"
      case "enrollStep": "Enrollment step"
      case "revokeStep": "Revocation step"
      case "customStep": "Custom step"
      case "unclassified": "Unclassified"
      default: name
      }
    }
  }
}

/// The order of groups in a table of rates: by the interval's lower limit, descending, then by k, then by name.
///
/// Never by the raw rate, which puts whoever failed once out of once on top.
struct RateRanking {
  /// A group that is to be ranked.
  struct Row {
    var group: GroupRateDocument.Group
    var count: Int
    var terminal: Int
    var names: [Name?]
  }

  private let event: GroupRateDocument.Event
  /// The event and its absence over all terminal instances of the cohort.
  private let overall: (events: Int, others: Int)

  init(event: GroupRateDocument.Event, totals: CohortTotals) {
    self.event = event
    let events = totals.all[event == .failed ? .failed : .rejected]
    overall = (events, totals.all.terminal - events)
  }

  func rank(_ rows: some Sequence<Row>) -> [GroupRateDocument] {
    rows.map { row in
      (
        row: row, rate: WilsonInterval.rate(row.count, of: row.terminal),
        order: GroupOrder(count: row.count, names: row.names)
      )
    }.sorted { left, right in
      // Without terminal instances there is no interval, and the group comes last.
      let (low, other) = (left.rate.low ?? -1, right.rate.low ?? -1)
      return low != other ? low > other : left.order.precedes(right.order)
    }.map { row, rate, _ in
      var document = GroupRateDocument(
        group: row.group, event: event, count: row.count, terminal: row.terminal, rate: rate)
      if document.hasOwnDenominator { document.outlier = outlier(row.count, of: row.terminal) }
      return document
    }
  }

  /// Where the overall rate is that of nobody or of everybody, a group cannot differ from it.
  private func outlier(_ count: Int, of terminal: Int) -> GroupRateDocument.Outlier {
    let binomial = Binomial(
      trials: terminal, part: Double(overall.events), rest: Double(overall.others))
    return .init(tail: binomial.smallerTail(count))
  }
}

/// A share in report.json with the counts that it is of: `k`, `n`, k/n, and its interval.
struct CountedRate: Encodable {
  /// How many of them.
  var k: Int
  /// Of how many.
  var n: Int

  private enum Key: String, CodingKey { case k, n, rate, low, high, small }

  /// Writes it; rate and interval are null when n is 0.
  func encode(to encoder: any Encoder) throws {
    let share = WilsonInterval.rate(k, of: n)
    var members = encoder.container(keyedBy: Key.self)
    try members.encode(k, forKey: .k)
    try members.encode(n, forKey: .n)
    try members.encode(share.rate, forKey: .rate)
    try members.encode(share.low, forKey: .low)
    try members.encode(share.high, forKey: .high)
    try members.encode(share.small, forKey: .small)
  }
}
