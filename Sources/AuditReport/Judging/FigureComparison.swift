package import AuditModel
import AuditReduce

/// The figures of two reports, held against each other.
package struct FigureComparison {
  /// What differs most, and beyond chance, comes first; names decide only between equals.
  private let changes: [FigureChange]
  private let areIndependent: Bool

  private static let listed = 100

  /// Of two reports without figures.
  package static let nothing = FigureComparison([], with: [], areIndependent: true, names: [:])

  /// Compares what two reports have; `areIndependent` says whether no instance is behind figures of both, `names` are those
  /// of definitions by their ids.
  package init(
    _ old: [ReportedFigure], with new: [ReportedFigure], areIndependent: Bool,
    names: [Name: String]
  ) {
    self.areIndependent = areIndependent
    let before = Dictionary(grouping: old, by: \.figure)
    let now = Dictionary(grouping: new, by: \.figure)
    let pairs = MetricCatalogue.figures.enumerated().flatMap { place, figure in
      Self.pairs(before[figure.name] ?? [], now[figure.name] ?? [], of: figure).map { old, new in
        (
          place,
          FigureChange(
            figure, old: old, new: new, areIndependent: areIndependent, names: names)
        )
      }
    }
    changes = pairs.sorted { Self.rank($0) < Self.rank($1) }.map(\.1)
  }

  /// What both reports say of the same group.
  private static func pairs(
    _ old: [ReportedFigure], _ new: [ReportedFigure], of figure: ReportFigure
  ) -> [(ReportedFigure?, ReportedFigure?)] {
    let key = { (reported: ReportedFigure) -> Name? in
      reported.group.map { figure.groupsAreUsers ? User(named: Name($0)).key : Name($0) }
    }
    let before = Dictionary(old.map { (key($0), $0) }) { first, _ in first }
    let now = Dictionary(new.map { (key($0), $0) }) { first, _ in first }
    return Set(before.keys).union(now.keys).map { (before[$0], now[$0]) }
  }

  private static func rank(_ pair: (place: Int, change: FigureChange)) -> Rank {
    let (place, change) = pair
    return Rank(
      numbers: [
        change.isBeyondChance == true ? 0 : 1, change.figure.isGrouped ? 1 : 0,
        change.difference == nil ? 1 : 0, Double(place), -abs(change.difference ?? 0),
        -Double(change.new?.n ?? 0), -Double(change.old?.n ?? 0), change.new?.value ?? -1,
        change.old?.value ?? -1,
      ], group: change.group ?? "")
  }

  private struct Rank: Comparable {
    var numbers: [Double]
    var group: String

    static func < (left: Rank, right: Rank) -> Bool {
      left.numbers == right.numbers
        ? left.group.utf8.lexicographicallyPrecedes(right.group.utf8)
        : left.numbers.lexicographicallyPrecedes(right.numbers)
    }
  }

  /// What the table says, in a sentence.
  package var sentence: Sentence {
    guard areIndependent else {
      return """
        Instances are behind figures of both reports, so that the two are not independent: the differences are given \
        without intervals.
        """
    }
    let tested = changes.count { $0.isBeyondChance != nil }
    let beyond = changes.count { $0.isBeyondChance == true }
    return """
      Of \(DisplayFormat.count(tested, "difference")) with an interval, \(DisplayFormat.count(beyond)) \
      \(beyond == 1 ? "is" : "are") beyond chance; if nothing had changed, \
      up to about \(DisplayFormat.count(Int((Double(tested) / 20).rounded()))) would be.
      """
  }

  /// The figures as a table of a report.
  package var table: MetricTable {
    MetricTable(
      .init(key: "figures", file: "figure_changes", listed: Self.listed),
      title: "Figures, before and now", columns: FigureChange.columns, rows: changes)
  }
}
