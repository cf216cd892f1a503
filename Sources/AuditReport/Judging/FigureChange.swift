import AuditModel
import AuditReduce

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
    self.old = old
    self.new = new
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
    Column("figure", "Figure", .text, about: "Its name, as policies write it.") {
      .term($0.figure.name, label: $0.figure.name)
    },
    Column("group", "Group, id", .text, about: "The group; missing where it has none.") {
      .text($0.group)
    }.asDetail,
    Column("group_name", "Group", .text, about: "The group as people know it.") {
      .text($0.name ?? $0.group)
    },
    Column("unit", "Unit", .text, about: "share, ms, or 1 for plain numbers and counts.") {
      .term($0.figure.unit.symbol, label: $0.figure.unit.symbol)
    }.asDetail,
    Column("old", "Before", .measure, about: "What the earlier report says, in the unit.") {
      $0.cell($0.old?.value)
    },
    Column("old_n", "n before", .count, about: "How many observations that rests on.") {
      .count($0.old?.n)
    },
    Column("new", "Now", .measure, about: "What this report says, in the unit.") {
      $0.cell($0.new?.value)
    },
    Column("new_n", "n now", .count, about: "How many observations that rests on.") {
      .count($0.new?.n)
    },
    Column("difference", "Difference", .measure, about: "Now less before, in the unit.") {
      $0.cell($0.difference)
    },
    Column("low", "From", .measure, about: "The lower 95 % limit of the difference.") {
      $0.cell($0.interval?.low)
    },
    Column("high", "To", .measure, about: "The upper 95 % limit of the difference.") {
      $0.cell($0.interval?.high)
    },
    Column(
      "beyond_chance", "Beyond chance", .flag, about: "Whether these limits leave out 0."
    ) { $0.isBeyondChance.map { .flag($0) } ?? .missing(.none) },
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
