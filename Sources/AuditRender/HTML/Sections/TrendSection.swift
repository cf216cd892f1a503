import AuditModel
import SafeXML

/// Starts and ends per day, or per week or month in long windows: chart and table.
struct TrendSection: ReportSection {
  let trend: TrendDocument
  let timeZone: String
  let files: PackFiles
  private let periods: TrendPeriods

  init(trend: TrendDocument, timeZone: String, files: PackFiles) {
    self.trend = trend
    self.timeZone = timeZone
    self.files = files
    periods = TrendPeriods(of: trend.days)
  }

  var id: StaticString { "trend" }
  var title: String { "Starts and ends per \(periods.unit)" }

  private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  func writeBody(to writer: inout MarkupWriter) {
    let started = trend.days.map(\.started).reduce(0, +)
    let ended = trend.days.map(\.completed).reduce(0, +)
    writer.paragraph(
      "\(Readable.count(started, "instance")) started on \(Readable.count(trend.days.count, "day")); "
        + "\(Readable.count(ended)) of them ended within the window, "
        + "\(Readable.count(trend.completedAfterWindow)) after it. Days are those of \(timeZone). "
        + files.words("The rows: start in instances.csv, and last_modified of those that ended."))
    writer.element(.figure) { writer in
      let chart = DayChart(trend: periods)
      chart.draw(.wide, to: &writer)
      chart.draw(.narrow, to: &writer)
      writer.element(.figcaption) { writer in
        writer.text("Ends as ")
        writer.key(RowChart.KeyEntry.outcomes)
        writer.text("are stacked; the line is starts. ")
        guard let days = files.table("days") else { return }
        writer.text("\(resolution) ")
        writer.element(.code, text: days)
        writer.text(".")
      }
    }
    MatrixChart(
      title: "Starts by weekday and hour of the day, \(timeZone)", axis: "Weekday",
      columns: (0..<24).map(String.init),
      rows: zip(Self.weekdays, trend.startsByHour).map { (name: .word($0), counts: $1) }
    ).draw(number: 1, to: &writer)
    HTMLTable(
      id: "trend-weeks", caption: "Instances per week, and against the week before",
      columns: WeekColumns.all.named(
        "week", "monday", "started", "completed", "partial", "started_ratio", "started_low",
        "started_high"),
      rows: trend.weeks, limit: 60, file: files.table("weeks")
    ).write(to: &writer)
    writer.element(.details) { writer in
      writer.element(.summary, text: "The figures of the chart")
      HTMLTable(
        id: "trend-table", caption: "Instances per \(periods.unit)", columns: columns,
        rows: periods.periods, file: files.table("days"),
        total: [.term("total", label: "All days"), .count(started), .count(ended)]
          + [trend.days.map(\.complete), trend.days.map(\.rejected), trend.days.map(\.failed)]
          .map { .count($0.reduce(0, +)) } + [.missing(.none)]
      ).write(to: &writer)
    }
    writer.newline()
  }
  /// How fine the chart is, and where the days are.
  private var resolution: String {
    periods.unit == .day
      ? "The same figures in"
      : "A bar is a \(periods.unit), for \(Readable.count(trend.days.count, "day")) could not be told apart; all of them are in"
  }

  private var columns: [Column<TrendDocument.Day>] {
    var columns = DayColumns.all
    if periods.unit != .day {
      columns[0].field.title = "\(periods.unit == .week ? "Week" : "Month") from"
    }
    return columns
  }
}
