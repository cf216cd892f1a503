import AuditModel

/// The columns of the table of weeks.
enum WeekColumns {
  typealias WeekColumn = Column<TrendDocument.Week>

  static let all: [WeekColumn] =
    [
      WeekColumn("week", "Week", .text, about: "An ISO 8601 week, Monday to Sunday.") {
        .day($0.week)
      },
      WeekColumn("monday", "From", .day, about: "Its Monday, in the report's time zone.") {
        .day($0.monday)
      },
      WeekColumn("started", "Started", .count, about: "Instances that started in it.") {
        .count($0.started)
      },
      WeekColumn(
        "completed", "Ended", .count,
        about: "Instances of the window that ended in it as Complete, Failed or Rejected."
      ) { .count($0.completed) },
      WeekColumn(
        "partial", "Partial", .flag,
        about: "Whether the window covers only a part of it; such a week is compared with none."
      ) { .flag($0.partial) },
    ] + ratio("started", "Starts", \.startedRatio) + ratio("completed", "Ends", \.completedRatio)

  private static func ratio(
    _ name: String, _ title: String,
    _ value: any KeyPath<TrendDocument.Week, RateRatioDocument?> & Sendable
  ) -> [WeekColumn] {
    [
      WeekColumn(
        "\(name)_ratio", "\(title) to the week before", .number,
        about: "The ratio to the count of the week before; empty where they are not compared."
      ) { .number($0[keyPath: value]?.ratio) },
      WeekColumn(
        "\(name)_low", "\(title), lower limit", .number,
        about: "Its exact (conditional binomial) lower 95 % limit."
      ) { .number($0[keyPath: value]?.low) },
      WeekColumn(
        "\(name)_high", "\(title), upper limit", .number,
        about: "Its upper limit; empty when infinite."
      ) { .number($0[keyPath: value]?.high) },
    ]
  }
}
