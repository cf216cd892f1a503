import AuditModel
import SafeXML

/// The periods as a calendar, each with its verdict and the way to its page.
struct CalendarSection: ReportSection {
  let groups: [PeriodGroup]
  let links: PackLinks

  let id: StaticString = "calendar"
  let title = "Calendar"

  /// How many of the latest groups are open.
  private static let open = 13

  func writeBody(to writer: inout MarkupWriter) {
    writeKey(to: &writer)
    let older = groups.dropLast(Self.open)
    if !older.isEmpty {
      writer.element(.details) { writer in
        writer.element(
          .summary, text: "\(older[0].title) to \(older[older.count - 1].title)")
        write(older, to: &writer)
      }
      writer.element(.p, .className("note printed"), text: "Earlier periods are in history.csv.")
    }
    write(groups.suffix(Self.open), to: &writer)
  }

  private func writeKey(to writer: inout MarkupWriter) {
    writer.element(.p, .className("key")) { writer in
      for standing in [HistoryPack.Standing.proved, .unproved, .damaged] {
        writer.element(.span) { writer in
          writer.sign(standing.grade)
          writer.text(standing == .damaged ? " Damaged or incomplete" : " \(standing.label)")
        }
      }
      for (style, words) in Self.swatches {
        writer.element(.span) { writer in
          writer.element(.span, .className(style)) { _ in }
          writer.text(words)
        }
      }
    }
    writer.newline()
  }

  private static let swatches: [(StaticString, String)] = [
    ("swatch missing-day", " Missing"), ("swatch broken", " Chain broken"),
  ]

  private func write(_ groups: some Sequence<PeriodGroup>, to writer: inout MarkupWriter) {
    writer.element(.div, .className("months")) { writer in
      for group in groups {
        writer.newline()
        writer.element(.div, .className(group.firstWeekday == nil ? "year" : "month")) { writer in
          writer.element(.h3, text: group.title)
          if group.firstWeekday != nil { Self.writeWeekdays(to: &writer) }
          writer.element(.ol, .className(group.firstWeekday == nil ? "spans" : "days")) { writer in
            for (index, cell) in group.cells.enumerated() {
              let start = index == 0 ? group.firstWeekday.map { Self.columns[$0] } : nil
              writer.element(.li, start.map { [.className($0)] } ?? []) { write(cell, to: &$0) }
            }
          }
        }
      }
    }
    writer.newline()
  }

  private static func writeWeekdays(to writer: inout MarkupWriter) {
    writer.element(.div, .className("weekdays"), .hidden) { writer in
      for letter in ["M", "T", "W", "T", "F", "S", "S"] { writer.element(.span, text: letter) }
    }
  }

  private static let columns: [StaticString] = ["d1", "d2", "d3", "d4", "d5", "d6", "d7"]

  private func write(_ cell: PeriodGroup.Cell, to writer: inout MarkupWriter) {
    switch cell.content {
    case .outside:
      writer.element(.span, .className("day outside"), text: cell.label)
    case .missing:
      writer.element(.span, .className("day missing-day")) { writer in
        writer.text(cell.label)
        writer.element(.span, .className("heard"), text: " \(cell.title): missing")
      }
    case .pack(let pack):
      links.write(pack, .className(pack.dayStyle), to: &writer) { writer in
        writer.text(cell.label)
        if pack.standing.grade != .good {
          writer.text(" ")
          writer.sign(pack.standing.grade)
        }
        let chain = pack.link.isBroken ? ", chain broken" : ""
        writer.element(
          .span, .className("heard"),
          text: " \(cell.title): \(pack.standing.label.lowercased())\(chain)")
      }
    }
  }
}

extension HistoryPack {
  fileprivate var dayStyle: StaticString {
    switch (standing.grade, link.isBroken) {
    case (.good, false): "day good"
    case (.good, true): "day good broken"
    case (.review, false): "day review"
    case (.review, true): "day review broken"
    case (_, false): "day bad"
    case (_, true): "day bad broken"
    }
  }
}

/// Periods that are shown together: the days of a month, or all others of a year.
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

extension Window {
  /// The day that it is; `nil` where it is longer, shorter or begins at another time.
  fileprivate var singleDay: CivilDate? {
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
