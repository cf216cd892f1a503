/// One column of a table: declared once, read by CSV, JSON, data package and page.
///
/// ```swift
/// struct Approver {
///   var name: String
///   var decisions: Int
/// }
/// let columns: [Column<Approver>] = [
///   Column("approver", "Approver", .text, about: "Who decides.") { .text($0.name) },
///   Column("decisions", "Decisions", .count, about: "How often.") { .count($0.decisions) },
/// ]
/// let table = MetricTable(
///   .init(key: "approvers", file: "approvers"), title: "Approvers", columns: columns,
///   rows: [Approver(name: "ada", decisions: 3)])
/// ```
public struct Column<Row>: Sendable {
  /// What is said of its values.
  public var field: Field
  /// Its value in a row.
  public var value: @Sendable (Row) -> Cell

  /// Declares a column.
  public init(
    _ name: String, _ title: String, _ kind: ColumnKind, about: String,
    value: @escaping @Sendable (Row) -> Cell
  ) {
    field = Field(name, title, kind, about: about)
    self.value = value
  }

  /// The same column, left to the files.
  public var asDetail: Column {
    var column = self
    column.field.isDetail = true
    return column
  }
}

extension Array {
  /// The columns with these names, in this order.
  public func named<Row>(_ names: String...) -> [Column<Row>] where Element == Column<Row> {
    names.compactMap { name in first { $0.field.name == name } }
  }
}

/// What is said of a value: its names, what it is and what it means.
public struct Field: Sendable, Equatable {
  /// Its name in CSV files, in lower case with underscores.
  public var name: String
  /// Its title for people.
  public var title: String
  /// What it is.
  public var kind: ColumnKind
  /// What it means, in a sentence for the data dictionary.
  public var about: String
  /// Whether it only spells out what another one shows, so that the page leaves it to the files.
  public var isDetail = false

  /// Describes a value.
  public init(_ name: String, _ title: String, _ kind: ColumnKind, about: String) {
    (self.name, self.title, self.kind, self.about) = (name, title, kind, about)
  }

  /// Its name in JSON: `first_start` is `firstStart` there.
  public var key: String { name.camelCased }
}

extension String {
  /// Words that underscores separate, joined as JSON has them: `firstStart`.
  var camelCased: String {
    let words = parts(at: "_")
    return words.dropFirst().reduce(words.first ?? "") { $0 + $1.uppercasedFirst }
  }
}

/// What the values of a column are, in every row alike.
public enum ColumnKind: Sendable, Equatable {
  /// Text from the server, or a word of ours.
  case text
  /// How many: it can be added up.
  case count
  /// A number that names something.
  case identifier
  /// A share between 0 and 1.
  case ratio
  /// A plain number, such as a ratio of rates.
  case number
  /// A number whose unit another column names.
  case measure
  /// Milliseconds, perhaps with a fraction.
  case duration
  /// A point in time, in UTC.
  case instant
  /// A day of the report's zone.
  case day
  /// Yes or no.
  case flag
  /// Reference ids, joined in one cell.
  case ids

  /// The field type of Frictionless Table Schema.
  public var schemaType: String {
    switch self {
    case .text, .ids: "string"
    case .count, .identifier: "integer"
    case .ratio, .number, .measure, .duration: "number"
    case .instant: "datetime"
    case .day: "date"
    case .flag: "boolean"
    }
  }

  /// What one of it is, where that has a name.
  public var unit: String? {
    switch self {
    case .duration: "ms"
    case .ratio, .number: "1"
    case .text, .count, .identifier, .measure, .instant, .day, .flag, .ids: nil
    }
  }

  /// Whether its values line up on the right.
  public var isNumeric: Bool {
    switch self {
    case .count, .identifier, .ratio, .number, .measure, .duration: true
    case .text, .instant, .day, .flag, .ids: false
    }
  }
}

extension Column {
  /// A proportion k/n with its Wilson limits, under names that begin with a prefix such as `first_`.
  ///
  /// The page shows the limits in the cell of the rate.
  public static func rate(
    _ title: String, prefix: String = "", about: String,
    value: @escaping @Sendable (Row) -> RateDocument
  ) -> [Column] {
    [
      Column("\(prefix)rate", "\(title) (95% interval)", .ratio, about: about) {
        .rate(value($0))
      },
      Column(
        "\(prefix)low", "\(title), lower limit", .ratio,
        about: "The lower Wilson 95 % limit of \(prefix)rate."
      ) { .ratio(value($0).low) }.asDetail,
      Column(
        "\(prefix)high", "\(title), upper limit", .ratio,
        about: "The upper Wilson 95 % limit of \(prefix)rate."
      ) { .ratio(value($0).high) }.asDetail,
    ]
  }

  /// Whether a proportion is of too few to say much.
  public static func small(_ value: @escaping @Sendable (Row) -> RateDocument) -> Column {
    Column("small", "Few", .flag, about: "Whether n is below 5.") { .flag(value($0).small) }
      .asDetail
  }

  /// Percentiles of observed durations.
  public static func percentiles(
    _ value: @escaping @Sendable (Row) -> PercentilesDocument
  ) -> [Column] {
    func percentile(
      _ name: String, _ title: String,
      _ figure: any KeyPath<PercentilesDocument, Double?> & Sendable
    ) -> Column {
      Column(
        name, title, .duration,
        about:
          "Completed only, Hyndman–Fan type 7, in milliseconds; empty where there are too few."
      ) { .duration(value($0)[keyPath: figure], or: .tooFew) }
    }
    return [
      Column("n", "n", .count, about: "Observed durations, completed only.") {
        .count(value($0).n)
      },
      percentile("p50", "Median", \.p50), percentile("p75", "75%", \.p75).asDetail,
      percentile("p90", "90%", \.p90), percentile("p95", "95%", \.p95),
      percentile("p99", "99%", \.p99).asDetail, percentile("max", "Longest", \.max).asDetail,
    ]
  }

  /// The Kaplan–Meier estimate of durations.
  public static func kaplanMeier(
    _ value: @escaping @Sendable (Row) -> KaplanMeierDocument
  ) -> [Column] {
    [
      Column("km_events", "Events", .count, about: "Kaplan–Meier: instances that ended.") {
        .count(value($0).events)
      }.asDetail,
      Column(
        "km_censored", "Censored", .count,
        about: "Kaplan–Meier: instances watched until they were last seen."
      ) { .count(value($0).censored) },
    ]
      + zip(KaplanMeierDocument.quantiles, ["median", "75%", "90%", "95%"])
      .flatMap { quantile, title in
        let columns = Self.quantile(quantile, title, value)
        return quantile.name == "p75" ? columns.map(\.asDetail) : columns
      }
  }

  private static func quantile(
    _ quantile: KaplanMeierDocument.Quantile, _ title: String,
    _ value: @escaping @Sendable (Row) -> KaplanMeierDocument
  ) -> [Column] {
    [
      Column(
        "km_\(quantile.name)", "Kaplan–Meier \(title)", .duration,
        about: "Kaplan–Meier estimate in milliseconds; empty when not reached."
      ) { .duration(value($0)[keyPath: quantile.value], or: .notReached) },
      Column(
        "km_\(quantile.name)_low", "Kaplan–Meier \(title), lower limit", .duration,
        about: "Its lower log–log 95 % limit; empty when not reached."
      ) { .duration(value($0).limits[keyPath: quantile.limits].low, or: .notReached) }.asDetail,
      Column(
        "km_\(quantile.name)_high", "Kaplan–Meier \(title), upper limit", .duration,
        about: "Its upper log–log 95 % limit; empty when not reached."
      ) { .duration(value($0).limits[keyPath: quantile.limits].high, or: .notReached) }.asDetail,
    ]
  }
}
