import AuditModel
import SafeXML

/// The key figures over time, each with its interval, one row a workflow type where it matters.
struct FiguresSection: ReportSection {
  let history: HistoryDocument

  let id: StaticString = "figures"
  let title = "Key figures over time"

  /// How many workflow types or groups are drawn, those with most instances.
  private static let shownTypes = 6

  func writeBody(to writer: inout MarkupWriter) {
    writer.note(
      "The shaded band is the 95% confidence interval of each report. A time without a line has no report that fits, or no such instances. "
        + "history.csv and history.json have every value.")
    let axis = PeriodAxis(history.counted)
    for (number, figure) in figures.enumerated() where !figure.rows.isEmpty {
      figure.write(number: number, axis, to: &writer)
    }
  }

  private var figures: [FigureOverTime] {
    let types = types
    return [
      counts("Instances that started", types) { $0.instances },
      counts("Open as of each report", types) { $0.open },
      rates("Failure rate", "Failed of finished instances", types) { $0.failures },
      rates("Rejection rate", "Rejected of finished instances", types) { $0.rejections },
      times("Median time to finish", "Half finish within it, open requests counted", types) {
        $0.median
      },
      times("Time within which 90% finish", "Open requests counted", types) { $0.ninety },
      serviceLevels,
    ] + history.keyFigures.map(declared)
  }

  /// What a metric declares for histories.
  private func declared(_ key: KeyFigure) -> FigureOverTime {
    FigureOverTime(
      title: key.title, note: nil, rowTitle: key.figure.isGrouped ? "Group" : "Instances",
      unit: key.figure.unit,
      rows: history.series(of: key).prefix(Self.shownTypes).map { series in
        FigureOverTime.Row(
          name: key.figure.isGrouped ? .group(series.group) : .all,
          points: history.counted.map { pack in
            let reported = series.value(in: pack)
            return FigureOverTime.Point(
              window: pack.window,
              value: reported?.value.map {
                .init(value: $0, low: reported?.low, high: reported?.high)
              })
          })
      })
  }

  /// The workflow types with most instances in all reports.
  private var types: [Name?] {
    var totals: [Name?: Int] = [:]
    for type in history.counted.flatMap({ $0.report?.figures.byWorkflowType ?? [] }) {
      totals[type.workflowType.map { Name($0) }, default: 0] += type.group.instances
    }
    return totals.sorted { left, right in
      left.value != right.value
        ? left.value > right.value
        : (left.key?.bytes ?? []).lexicographicallyPrecedes(right.key?.bytes ?? [])
    }.prefix(Self.shownTypes).map(\.key)
  }

  private func points(
    _ value: (HistoryFigures) -> FigureOverTime.Value?
  ) -> [FigureOverTime.Point] {
    history.counted.map { pack in
      FigureOverTime.Point(window: pack.window, value: pack.report.flatMap { value($0.figures) })
    }
  }

  /// A row over all instances, and one a workflow type where there are several.
  private func rows(
    _ types: [Name?], _ value: (HistoryFigures.Group) -> FigureOverTime.Value?
  ) -> [FigureOverTime.Row] {
    let all = FigureOverTime.Row(name: .all, points: points { value($0.all) })
    guard types.count > 1 else { return [all] }
    return [all] + rows(byType: types) { value($0.group) }
  }

  private func rows(
    byType types: [Name?], _ value: (HistoryFigures.ByType) -> FigureOverTime.Value?
  ) -> [FigureOverTime.Row] {
    types.map { type in
      FigureOverTime.Row(
        name: .type(type?.string),
        points: points { figures in
          figures.byWorkflowType.first { $0.workflowType.map { Name($0) } == type }
            .flatMap(value)
        })
    }
  }

  private func counts(
    _ title: String, _ types: [Name?], _ value: @escaping (HistoryFigures.Group) -> Int
  ) -> FigureOverTime {
    FigureOverTime(
      title: title, note: nil, unit: .count,
      rows: rows(types) { .init(value: Double(value($0)), low: nil, high: nil) })
  }

  private func rates(
    _ title: String, _ note: String, _ types: [Name?],
    _ value: @escaping (HistoryFigures.Group) -> HistoryFigures.Rate
  ) -> FigureOverTime {
    FigureOverTime(
      title: title, note: note, unit: .ratio, rows: rows(types) { .init(value($0)) })
  }

  /// Times are never pooled over types.
  private func times(
    _ title: String, _ note: String, _ types: [Name?],
    _ value: (HistoryFigures.ByType) -> HistoryFigures.Time?
  ) -> FigureOverTime {
    FigureOverTime(
      title: title, note: note, unit: .duration,
      rows: rows(byType: types) { type in
        value(type).flatMap { time in
          time.value.map { .init(value: $0, low: time.low, high: time.high) }
        }
      }.filter { $0.points.contains { $0.value != nil } })
  }

  private var serviceLevels: FigureOverTime {
    let levels = history.counted.flatMap { $0.report?.figures.serviceLevels ?? [] }
    var seen: Set<Name> = []
    let distinct = levels.filter { seen.insert($0.key).inserted }
    return FigureOverTime(
      title: "Service levels missed",
      note: "Requests that took longer, of those of which it is known",
      rowTitle: "Service level", unit: .ratio,
      rows: distinct.map { level in
        FigureOverTime.Row(
          name: .limit(level.workflowType, DisplayFormat.duration(milliseconds: level.limit)),
          points: points { figures in
            figures.serviceLevels.first { $0.key == level.key }.flatMap { .init($0.missed) }
          })
      })
  }
}

extension HistoryFigures.ServiceLevel {
  /// What tells it from others.
  fileprivate var key: Name { Name("\(limit) \(workflowType)") }
}

extension FigureOverTime.Value {
  /// A rate and its interval; `nil` where nothing has finished.
  fileprivate init?(_ rate: HistoryFigures.Rate) {
    guard let share = rate.rate else { return nil }
    self.init(value: share, low: rate.low, high: rate.high)
  }
}
