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
    return words.dropFirst().reduce(words.first ?? "") {
      $0 + $1.prefix(1).uppercased() + $1.dropFirst()
    }
  }
}

/// A single value of a metric with what is said of it.
public struct Figure: Sendable, Equatable {
  /// What is said of it.
  public var field: Field
  /// The value.
  public var value: Cell

  /// Makes a figure.
  public init(_ name: String, _ title: String, _ kind: ColumnKind, about: String, _ value: Cell) {
    field = Field(name, title, kind, about: about)
    self.value = value
  }

  /// The same figure, left to report.json.
  public var asDetail: Figure {
    var figure = self
    figure.field.isDetail = true
    return figure
  }

  /// A proportion: k, n, k/n and its Wilson limits.
  public static func rate(
    _ name: String, _ title: String, about: String, _ count: Int, of total: Int
  ) -> [Figure] {
    let rate = WilsonInterval.rate(count, of: total)
    return [
      Figure(name + "_rate", title, .ratio, about: about, .rate(rate)),
      Figure(
        name + "_low", "\(title), lower limit", .ratio, about: "Its lower Wilson 95 % limit.",
        .ratio(rate.low)
      ).asDetail,
      Figure(
        name + "_high", "\(title), upper limit", .ratio, about: "Its upper Wilson 95 % limit.",
        .ratio(rate.high)
      ).asDetail,
      Figure(
        name + "_small", "\(title), few", .flag, about: "Whether it is of fewer than 5.",
        .flag(rate.small)
      ).asDetail,
    ]
  }
}
