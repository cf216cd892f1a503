import AuditModel

/// The columns of the table of days.
enum DayColumns {
  static let all: [Column<TrendDocument.Day>] = [
    Column("day", "Day", .day, about: "A day of the window, in the report's time zone.") {
      .day($0.day)
    },
    Column("started", "Started", .count, about: "Instances that started on it.") {
      .count($0.started)
    },
    Column(
      "completed", "Ended", .count,
      about: "Instances of the window that ended on it as Complete, Failed or Rejected."
    ) { .count($0.completed) },
    Column("complete", "Complete", .count, about: "Those of them that ended as Complete.") {
      .count($0.complete)
    },
    Column("rejected", "Rejected", .count, about: "As Rejected.") { .count($0.rejected) },
    Column("failed", "Failed", .count, about: "As Failed.") { .count($0.failed) },
    Column("partial", "Partial", .flag, about: "Whether the window covers only a part of it.") {
      .flag($0.partial)
    },
  ]
}
