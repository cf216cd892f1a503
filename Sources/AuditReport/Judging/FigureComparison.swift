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

/// One figure of two reports, in one group.
struct FigureChange: Sendable, Equatable {
  /// The figure.
  var figure: ReportFigure
  /// The group as the newer report spells it; `nil` where it has no name, or the figure no groups.
  var group: String?
  /// What people call the group, where that is something else.
  var name: String?
  /// What each report says; `nil` where it has no such group.
  var old: ReportedFigure?
  /// What this report has; `nil` where it has none.
  var new: ReportedFigure?
  /// The 95 % interval of the difference; `nil` where the figures have none, or rest on the same instances.
  var interval: DifferenceInterval?

  /// New less old; `nil` where one of them is missing.
  var difference: Double? {
    guard let old = old?.value, let new = new?.value else { return nil }
    return new - old
  }

  /// Whether the difference is more than chance would say; `nil` without an interval.
  var isBeyondChance: Bool? { interval?.excludesZero }

  /// Pairs what two reports have; `areIndependent` says whether no instance is behind figures of both, `names` are those of
  /// definitions by their ids.
  init(
    _ figure: ReportFigure, old: ReportedFigure?, new: ReportedFigure?, areIndependent: Bool,
    names: [Name: String]
  ) {
    self.figure = figure
    group = new?.group ?? old?.group
    name = figure.groupsAreDefinitions ? group.flatMap { names[Name($0)] } : nil
    (self.old, self.new) = (old, new)
    if areIndependent, let old = old?.estimate, let new = new?.estimate {
      interval = DifferenceInterval(of: new, less: old)
    }
  }
}

extension ReportedFigure {
  fileprivate var estimate: DifferenceInterval.Estimate? {
    guard let value, let low, let high else { return nil }
    return .init(value: value, low: low, high: high)
  }
}

extension FigureChange {
  /// The table of figures that were held against each other.
  static let columns: [Column<FigureChange>] = [
    .word("figure", "Figure", about: "Its name, as policies write it.") { $0.figure.name },
    .text("group", "Group, id", about: "The group; missing where it has none.") { $0.group }
      .asDetail,
    .text("group_name", "Group", about: "The group as people know it.") { $0.name ?? $0.group },
    .word("unit", "Unit", about: "share, ms, or 1 for plain numbers and counts.") {
      $0.figure.unit.symbol
    }.asDetail,
    Column("old", "Before", .measure, about: "What the earlier report says, in the unit.") {
      $0.cell($0.old?.value)
    },
    .count("old_n", "n before", about: "How many observations that rests on.") { $0.old?.n },
    Column("new", "Now", .measure, about: "What this report says, in the unit.") {
      $0.cell($0.new?.value)
    },
    .count("new_n", "n now", about: "How many observations that rests on.") { $0.new?.n },
    Column("difference", "Difference", .measure, about: "Now less before, in the unit.") {
      $0.cell($0.difference)
    },
    Column("low", "From", .measure, about: "The lower 95 % limit of the difference.") {
      $0.cell($0.interval?.low)
    },
    Column("high", "To", .measure, about: "The upper 95 % limit of the difference.") {
      $0.cell($0.interval?.high)
    },
    .flag("beyond_chance", "Beyond chance", about: "Whether these limits leave out 0.") {
      $0.isBeyondChance
    },
  ]

  private func cell(_ value: Double?) -> Cell {
    guard let value else { return .missing(.none) }
    return switch figure.unit {
    case .ratio: .ratio(value)
    case .duration: .duration(value)
    case .count: .count(Int(value))
    case .number: .number(value)
    }
  }
}
