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

/// One end of a window as a user writes it: a day or an instant.
public enum WindowEdge: Sendable, Equatable {
  /// A day of the report's zone; it begins at ``CivilZone/start(of:)``.
  case day(CivilDate)
  /// An instant with its zone.
  case instant(Instant)

  /// The forms that are accepted, for messages.
  public static let acceptedForms =
    "2026-10-01 (midnight in --time-zone), 2026-10-01T00:00:00Z or 2026-10-01T00:00:00+02:00"

  /// Reads `2026-10-01`, `2026-10-01T00:00:00Z` or `2026-10-01T00:00:00+02:00`; `nil` for anything else.
  ///
  /// A time without a zone is refused: an hour of it exists twice when clocks go back.
  public init?(_ text: String) {
    if let date = CivilDate(text) {
      self = .day(date)
    } else if let instant = Instant(zoned: text) {
      self = .instant(instant)
    } else {
      return nil
    }
  }

  /// The instant it means in a zone.
  public func instant(in zone: CivilZone) -> Instant {
    switch self {
    case .day(let date): zone.start(of: date)
    case .instant(let instant): instant
    }
  }
}

extension Instant {
  /// Reads an RFC 3339 instant that says its zone, `2026-10-01T00:00:00Z` or with an offset; `nil` for anything else.
  public init?(zoned text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes[10] | 0x20 == UInt8(ascii: "t") else { return nil }
    let sign = bytes[bytes.count - 6]
    guard
      bytes[bytes.count - 1] | 0x20 == UInt8(ascii: "z") || sign == UInt8(ascii: "+")
        || sign == UInt8(ascii: "-") && bytes.count > 20
    else { return nil }
    self.init(rfc3339: bytes.span)
  }
}
