import AuditModel

/// Periods that stand together: the days of a month, or all others of a year.
struct PeriodGroup {
  /// What a place in a group shows.
  enum Content {
    /// The pack of the period, an index into those that count.
    case pack(HistoryPack)
    /// No pack covers it.
    case missing
    /// The archive has not begun, or another kind of pack covers it.
    case outside
  }

  /// A place in a group.
  struct Cell {
    /// The day of the month, or the period in short.
    var label: String
    /// The whole period in words.
    var title: String
    var content: Content
  }

  /// `October 2026`, or `2026`.
  var title: String
  /// Whether the cells are the days of a month, the first of which falls on this weekday, 0 for Monday.
  var firstWeekday: Int?
  var cells: [Cell]

  /// All groups in order of time: months of days, then years of other periods.
  static func all(of history: HistoryDocument) -> [PeriodGroup] {
    var days: [CivilDate: Content] = [:]
    var others: [(window: Window, content: Content)] = []
    for pack in history.counted {
      if let day = pack.window.singleDay, days[day] == nil {
        days[day] = .pack(pack)
      } else {
        others.append((pack.window, .pack(pack)))
      }
    }
    for gap in history.missing {
      let lies = gap.window.wholeDays.map { days[$0.first.advanced(byDays: -1)] != nil } ?? false
      guard lies, let (first, end) = gap.window.wholeDays else {
        others.append((gap.window, .missing))
        continue
      }
      for number in first.dayNumber..<end.dayNumber {
        days[CivilDate(dayNumber: number)] = .missing
      }
    }
    return months(of: days) + years(of: others)
  }

  private static func months(of days: [CivilDate: Content]) -> [PeriodGroup] {
    Dictionary(grouping: days.keys) { $0.parts.year * 12 + $0.parts.month }
      .sorted { $0.key < $1.key }
      .map { _, dates in
        let sorted = dates.sorted()
        let (first, last) = (sorted[0], sorted[sorted.count - 1])
        let cells = (first.dayNumber...last.dayNumber).map { number in
          let date = CivilDate(dayNumber: number)
          return Cell(
            label: String(date.parts.day), title: date.words, content: days[date] ?? .outside)
        }
        return PeriodGroup(
          title: "\(DisplayFormat.month(first)) \(first.parts.year)",
          firstWeekday: first.weekday, cells: cells)
      }
  }

  private static func years(of periods: [(window: Window, content: Content)]) -> [PeriodGroup] {
    let sorted = periods.sorted { ($0.window.from, $0.window.to) < ($1.window.from, $1.window.to) }
    return Dictionary(grouping: sorted) { $0.window.zone.date(of: $0.window.from).parts.year }
      .sorted { $0.key < $1.key }
      .map { year, periods in
        PeriodGroup(
          title: String(year), firstWeekday: nil,
          cells: periods.map { period in
            Cell(
              label: period.window.shortWords, title: period.window.words, content: period.content)
          })
      }
  }
}

extension CivilDate {
  /// `5 October 2026`.
  var words: String { "\(parts.day) \(DisplayFormat.month(self)) \(parts.year)" }
}

extension Window {
  /// The day that it is; `nil` where it is longer, shorter or begins at another time.
  var singleDay: CivilDate? {
    guard let (first, end) = wholeDays, end.dayNumber == first.dayNumber + 1 else { return nil }
    return first
  }

  /// The period in words, as a report's title has it.
  var words: String { WindowTitle(window: WindowDocument(self)).text }

  /// The period without its year, as short as it can be told.
  var shortWords: String {
    guard let (first, end) = wholeDays else {
      return DisplayFormat.instant(from.description)
    }
    let last = CivilDate(dayNumber: end.dayNumber - 1)
    if first == last { return DisplayFormat.shortDay(first) }
    if case .months(1) = PeriodLength(of: self) { return DisplayFormat.month(first) }
    if first.parts.month == last.parts.month {
      return "\(first.parts.day)–\(DisplayFormat.shortDay(last))"
    }
    return "\(DisplayFormat.shortDay(first)) – \(DisplayFormat.shortDay(last))"
  }
}
