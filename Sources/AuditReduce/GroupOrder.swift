import AuditModel

/// The order of groups in tables: most instances first, then by names in code points, a missing name last.
struct GroupOrder {
  /// How many instances the group has.
  var count: Int
  /// What tells groups of the same size apart, the most telling first.
  var names: [Name?]

  func precedes(_ other: GroupOrder) -> Bool {
    if count != other.count { return count > other.count }
    for (name, otherName) in zip(names, other.names) where name != otherName {
      guard let name else { return false }
      guard let otherName else { return true }
      return name < otherName
    }
    return false
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
