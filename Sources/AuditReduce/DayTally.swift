import AuditModel

/// How many instants fall on each day of a zone.
///
/// Where the clock goes back over midnight, a day comes twice: by the calendar, or up to its end and not beyond it.
struct DayTally: Sendable {
  /// A stretch of time that lies on one day, and where that day is counted.
  private struct Stretch {
    var from: Instant
    var to: Instant
    var slot: Int
  }

  private let zone: CivilZone
  private let endsOnce: Bool
  private var slots: [CivilDate: Int] = [:]
  private var counts: [Int] = []
  /// Where the last instant fell: most fall on the same day as the one before, and need no look-up.
  private var current: Stretch?

  /// Starts with none; a day that ends once lasts from its first instant to that of the next day.
  init(zone: CivilZone, endsOnce: Bool = false) {
    self.zone = zone
    self.endsOnce = endsOnce
  }

  mutating func add(_ instant: Instant) {
    counts[slot(of: instant)] += 1
  }

  mutating func merge(_ other: DayTally) {
    for (day, slot) in other.slots { counts[self.slot(of: day)] += other.counts[slot] }
  }

  /// The instants on a day.
  subscript(day: CivilDate) -> Int { slots[day].map { counts[$0] } ?? 0 }

  /// The days with instants, in order, and how many there are on each.
  var inOrder: [(day: CivilDate, count: Int)] {
    slots.sorted { $0.key < $1.key }.map { ($0.key, counts[$0.value]) }
  }

  /// The instants on all later days.
  func count(after day: CivilDate) -> Int {
    slots.reduce(0) { $1.key > day ? $0 + counts[$1.value] : $0 }
  }

  private mutating func slot(of instant: Instant) -> Int {
    if let current, current.from <= instant, instant < current.to { return current.slot }
    let day = day(of: instant)
    let slot = slot(of: day)
    current = stretch(around: instant, on: day, slot: slot)
    return slot
  }

  private func day(of instant: Instant) -> CivilDate {
    let day = zone.date(of: instant)
    let next = day.advanced(byDays: 1)
    return endsOnce && zone.start(of: next) <= instant ? next : day
  }

  /// The day's 24 hours, unless the clock changes within them: where it goes back over midnight, a day is not even
  /// one stretch.
  private func stretch(around instant: Instant, on day: CivilDate, slot: Int) -> Stretch? {
    let offset = zone.offset(at: instant)
    let from = Instant(milliseconds: day.dayNumber * 86_400_000 - offset)
    let to = from.advanced(byMilliseconds: 86_400_000)
    guard zone.offset(at: from) == offset,
      zone.offset(at: to.advanced(byMilliseconds: -1)) == offset
    else { return nil }
    return Stretch(from: from, to: to, slot: slot)
  }

  private mutating func slot(of day: CivilDate) -> Int {
    if let slot = slots[day] { return slot }
    slots[day] = counts.count
    counts.append(0)
    return counts.count - 1
  }
}

/// How many instants fall on each hour of the week in a zone.
struct HourTally: Sendable {
  private var tally = [Int](repeating: 0, count: 7 * 24)

  mutating func add(_ instant: Instant, in zone: CivilZone) {
    let local = Instant(milliseconds: instant.milliseconds + zone.offset(at: instant))
    let date = CivilZone.utc.date(of: local)
    let hour = (local.milliseconds - date.dayNumber * 86_400_000) / 3_600_000
    tally[date.weekday * 24 + Int(hour)] += 1
  }

  mutating func merge(_ other: HourTally) {
    for index in tally.indices { tally[index] += other.tally[index] }
  }

  /// Seven lists of 24, Monday first.
  var counts: [[Int]] { (0..<7).map { Array(tally[$0 * 24..<$0 * 24 + 24]) } }
}

/// How many instances were open at the ends of days: those that had started less those that had ended.
///
/// Only instances with usable times count, and none whose status is unknown. Exact, since a usable start is never after
/// its end.
struct OpenTally: Sendable {
  private var starts: DayTally
  private var ends: DayTally
  /// Those that have not ended.
  private var stillOpen = 0
  /// Until when all that have not ended were watched, where parts have as-of instants of their own.
  private var watchedUntil: Instant?

  init(zone: CivilZone) {
    starts = DayTally(zone: zone, endsOnce: true)
    ends = starts
  }

  mutating func add(_ instance: borrowing BatchedInstance) {
    guard instance.hasUsableTimes, instance.status != .unknown, let start = instance.start,
      let end = instance.lastModified
    else { return }
    starts.add(start)
    if instance.status.isOpen { stillOpen += 1 } else { ends.add(end) }
  }

  mutating func merge(_ other: OpenTally) {
    starts.merge(other.starts)
    ends.merge(other.ends)
    stillOpen += other.stillOpen
    watchedUntil = [watchedUntil, other.watchedUntil].compactMap { $0 }.min()
  }

  /// Nobody knows how long after that they stayed open.
  mutating func closeObservation(at end: ObservationEnd) {
    if stillOpen > 0 { watchedUntil = min(watchedUntil ?? end.asOf, end.asOf) }
  }

  /// How many were open at the end of each of some days, in order; `nil` for those that end when not all were watched.
  func counts(on days: [CivilDate], in zone: CivilZone, asOf: Instant) -> [Int?] {
    let known = min(asOf, watchedUntil ?? asOf)
    var (starts, ends) = (starts.inOrder[...], ends.inOrder[...])
    var open = 0
    return days.map { day in
      while let first = starts.first, first.day <= day {
        open += first.count
        starts.removeFirst()
      }
      while let first = ends.first, first.day <= day {
        open -= first.count
        ends.removeFirst()
      }
      return zone.start(of: day.advanced(byDays: 1)) <= known ? open : nil
    }
  }
}
