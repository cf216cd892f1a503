/// A half-open range of instants on the start of instances, with the zone in which its days are counted.
public struct Window: Sendable, Hashable {
  /// The first instant inside.
  public var from: Instant
  /// The first instant after.
  public var to: Instant
  /// The zone of days and weeks.
  public var zone: CivilZone

  /// Makes a window.
  public init(from: Instant, to: Instant, zone: CivilZone) {
    self.from = from
    self.to = to
    self.zone = zone
  }

  /// Whether an instant lies inside.
  public func contains(_ instant: Instant) -> Bool {
    from <= instant && instant < to
  }

  /// The days the window touches, in order.
  public var days: [CivilDate] {
    let last = zone.date(of: to.advanced(byMilliseconds: -1))
    return (zone.date(of: from).dayNumber...max(last.dayNumber, zone.date(of: from).dayNumber))
      .map { CivilDate(dayNumber: $0) }
  }

  /// Whether all of the days from one through another lie inside.
  public func covers(_ first: CivilDate, through last: CivilDate) -> Bool {
    from <= zone.start(of: first) && zone.start(of: last.advanced(byDays: 1)) <= to
  }

  /// The window widened on both sides, for asking a server whose clock and zone are not known.
  public func widened(byHours hours: Int64) -> Window {
    Window(
      from: from.advanced(byMilliseconds: -hours * 3_600_000),
      to: to.advanced(byMilliseconds: hours * 3_600_000), zone: zone)
  }

  /// The name of its pack: `2026-10-01_2026-11-01` when both ends are midnights of the zone, else `20261001T050000Z_20261101T043000Z`.
  public var name: String {
    let first = zone.date(of: from)
    let last = zone.date(of: to)
    if zone.start(of: first) == from, zone.start(of: last) == to {
      let days = "\(first)_\(last)"
      return zone.identifier == "UTC"
        ? days : days + "_" + zone.identifier.substituting("/", by: "-")
    }
    return [from, to].map { instant in
      // text: our instants
      instant.description.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
    }.joined(separator: "_")
  }
}
