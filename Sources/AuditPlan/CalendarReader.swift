import AuditModel
import Yams

/// Reads the business calendar of the configuration.
enum CalendarReader {
  /// A calendar whose zone may still be that of the report.
  struct Calendar {
    var zone: CivilZone?
    var hours: [[Range<Int64>]]
    var holidays: Set<CivilDate>

    /// The calendar, in the report's zone unless it names its own.
    func calendar(in reportZone: CivilZone) -> BusinessCalendar {
      BusinessCalendar(zone: zone ?? reportZone, hours: hours, holidays: holidays)
    }
  }

  /// What the key `calendar` contains.
  static let form = ConfigurationForm.mapping(
    [
      ConfigurationKey(
        "timeZone", .text(), "The zone of the hours, an IANA name; without it, that of the report."),
      ConfigurationKey(
        "hours", .mapping(weekdays.map { ConfigurationKey($0, ranges, aboutRanges) }),
        "Opening hours by weekday; a day that is not named is closed."),
      ConfigurationKey(
        "holidays", .list(of: .text(pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")),
        "Days that are closed."),
    ], required: ["hours"])
  private static let ranges = ConfigurationForm.list(
    of: .text(pattern: "^[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]$"))
  private static let aboutRanges = "Ranges from 00:00 to 24:00 that do not overlap."
  private static let weekdays = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]

  /// `calendar`; `nil` after a mistake.
  static func calendar(
    _ entry: ConfigurationEntry, _ mistakes: inout PlanMistakes
  ) -> Calendar? {
    var calendar = Calendar(
      zone: nil, hours: Array(repeating: [], count: weekdays.count), holidays: [])
    let before = mistakes.all.count
    for part in entry.entries("hours: {Monday: [\"09:00-17:00\"]}", &mistakes) {
      switch part.key.text {
      case "timeZone":
        calendar.zone =
          part.value.text.flatMap { CivilZone(identifier: $0) }
          ?? mistakes.refuse(part.invalid(part.value, Settings.zoneForm))
      case "hours": readHours(part, into: &calendar, &mistakes)
      case "holidays":
        let days = part.values("a day that exists, such as 2026-12-25", &mistakes) { CivilDate($0) }
        calendar.holidays = Set(days)
      default: part.refuseKey(among: form.keys, &mistakes)
      }
    }
    if mistakes.all.count == before, calendar.hours.allSatisfy(\.isEmpty) {
      mistakes.add(.calendarWithoutHours, entry.document.place(of: entry.value), entry.shownKey)
    }
    return mistakes.all.count == before ? calendar : nil
  }

  private static func readHours(
    _ entry: ConfigurationEntry, into calendar: inout Calendar, _ mistakes: inout PlanMistakes
  ) {
    for day in entry.entries("Monday: [\"09:00-17:00\"]", &mistakes) {
      guard let weekday = weekdays.firstIndex(of: day.key.text ?? "") else {
        day.refuseKey(among: weekdays, &mistakes)
        continue
      }
      let hours = day.values("hours such as \"09:00-17:00\", up to 24:00", &mistakes, range)
        .sorted { $0.lowerBound < $1.lowerBound }
      if zip(hours, hours.dropFirst()).contains(where: { $0.upperBound > $1.lowerBound }) {
        mistakes.add(.overlappingHours, day.document.place(of: day.value), day.shownKey)
      }
      calendar.hours[weekday] = hours
    }
  }

  /// `09:00-17:00` in milliseconds of the day.
  private static func range(in text: String) -> Range<Int64>? {
    let ends = text.parts(at: "-", keepingEmpty: true).map(time)
    guard ends.count == 2, let from = ends[0], let to = ends[1], from < to else { return nil }
    return from..<to
  }

  private static func time(_ text: String) -> Int64? {
    let parts = text.parts(at: ":", keepingEmpty: true)
    guard parts.map(\.utf8.count) == [2, 2], let hour = parts[0].utf8.decimalValue,
      let minute = parts[1].utf8.decimalValue, minute < 60, hour * 60 + minute <= 24 * 60
    else { return nil }
    return (hour * 60 + minute) * 60_000
  }
}
