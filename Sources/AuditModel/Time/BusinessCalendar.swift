/// A weekly calendar of opening hours with holidays, in the civil time of a zone.
///
/// Time is open by the clock on the wall: an hour that a change of clocks repeats counts twice, one that it
/// leaves out counts not at all.
public struct BusinessCalendar: Sendable, Hashable {
  /// The zone of its hours.
  public let zone: CivilZone
  /// Opening hours by weekday, Monday first, in milliseconds of the day: ascending, without overlap.
  public let hours: [[Range<Int64>]]
  /// Days that are closed, ascending.
  public let holidays: [CivilDate]
  /// Open milliseconds of the week before each weekday, and of the whole week.
  private let openBefore: [Int64]
  /// Open milliseconds that the holidays before each holiday take away, and all of them.
  private let takenBefore: [Int64]

  private static let day: Int64 = 86_400_000

  /// Makes a calendar of hours as ``hours`` has them.
  public init(zone: CivilZone, hours: [[Range<Int64>]], holidays: Set<CivilDate>) {
    self.zone = zone
    self.hours = hours
    self.holidays = holidays.sorted()
    func open(on weekday: Int) -> Int64 {
      hours[weekday].reduce(0) { $0 + $1.upperBound - $1.lowerBound }
    }
    openBefore = (0..<7).reduce(into: [0]) { $0.append($0[$1] + open(on: $1)) }
    takenBefore = self.holidays.reduce(into: [0]) {
      $0.append($0[$0.count - 1] + open(on: $1.weekday))
    }
  }

  /// Whether an instant lies within the opening hours.
  public func isOpen(at instant: Instant) -> Bool {
    openMilliseconds(from: instant, to: instant.advanced(byMilliseconds: 1)) == 1
  }

  /// How much of the time from one instant up to another is open; 0 when the second is not later.
  public func openMilliseconds(from start: Instant, to end: Instant) -> Int64 {
    var open: Int64 = 0
    var instant = start
    while instant < end {
      // Between two changes of the clock civil time runs like any other.
      let offset = zone.offset(at: instant)
      let next = min(zone.nextChange(after: instant) ?? end, end)
      open += openBefore(next.milliseconds + offset) - openBefore(instant.milliseconds + offset)
      instant = next
    }
    return open
  }

  /// Open milliseconds from a fixed Monday to a civil time, given in milliseconds since 1970-01-01T00:00.
  private func openBefore(_ local: Int64) -> Int64 {
    let date = CivilDate(dayNumber: local.flooredDivision(by: Self.day))
    let time = local - date.dayNumber * Self.day
    let holiday = holidays.partitioningIndex { $0 >= date }
    let isHoliday = holiday < holidays.count && holidays[holiday] == date
    let today =
      isHoliday
      ? 0 : hours[date.weekday].reduce(0) { $0 + max(0, min($1.upperBound, time) - $1.lowerBound) }
    let weeks = (date.dayNumber + 3).flooredDivision(by: 7)
    return weeks * openBefore[7] + openBefore[date.weekday] - takenBefore[holiday] + today
  }
}
