import AuditModel

/// What a report says of one figure, in one of its groups.
struct ReportedFigure: Codable, Sendable, Equatable {
  /// The figure's name.
  var figure: String
  /// The group's name; `nil` where the figure has no groups, and for the group of those without a name.
  @WrittenNull var group: String?
  /// The value, in the figure's unit.
  @WrittenNull var value: Double?
  /// The limits of its 95 % interval.
  @WrittenNull var low: Double?
  @WrittenNull var high: Double?
  /// How many observations it rests on; `nil` where that is no question.
  @WrittenNull var n: Int?

  /// All that can be held against another report.
  static func all(in metrics: JSONValue) -> [ReportedFigure] {
    ReportFigure.all.filter(\.isComparable).flatMap { $0.values(in: metrics) }
  }
}
