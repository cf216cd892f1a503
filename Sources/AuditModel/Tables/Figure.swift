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
