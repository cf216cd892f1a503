import AuditModel

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
