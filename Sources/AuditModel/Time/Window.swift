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
    (self.from, self.to, self.zone) = (from, to, zone)
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
  /// Reads an RFC 3339 instant with a zone, `2026-10-01T00:00:00Z` or with an offset; `nil` for anything else.
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

/// A run of whole days that has a name: a day, a month, a quarter, a year, or one seen from today.
public struct Period: Sendable, Equatable {
  /// The first day inside.
  public var first: CivilDate
  /// The first day after.
  public var end: CivilDate

  /// The forms that are accepted, for messages.
  public static let acceptedForms =
    "2026-10-22, 2026-10, 2026-Q4, 2026, yesterday, last-week or last-month"

  /// Reads a period's name, one of ``acceptedForms``, as seen from a day; a week is from Monday to Sunday.
  public init?(_ name: String, today: CivilDate) {
    switch name {
    case "yesterday":
      self.init(first: today.advanced(byDays: -1), days: 1)
    case "last-week":
      self.init(first: today.advanced(byDays: -Int64(today.weekday) - 7), days: 7)
    case "last-month":
      let (year, month, _) = today.parts
      self.init(year: year, month: month - 1, months: 1)
    default:
      self.init(named: name)
    }
  }

  /// The window from the first instant of the first day to the first instant after the last.
  public func window(in zone: CivilZone) -> Window {
    Window(from: zone.start(of: first), to: zone.start(of: end), zone: zone)
  }

  private init(first: CivilDate, days: Int64) {
    self.first = first
    self.end = first.advanced(byDays: days)
  }

  /// Counts months from January = 1; 0 is the December before.
  private init?(year: Int64, month: Int64, months: Int64) {
    let start = year * 12 + month - 1
    guard let first = Self.first(ofMonth: start), let end = Self.first(ofMonth: start + months)
    else { return nil }
    self.first = first
    self.end = end
  }

  private static func first(ofMonth month: Int64) -> CivilDate? {
    CivilDate(year: month / 12, month: month % 12 + 1, day: 1)
  }

  private init?(named name: String) {
    if let day = CivilDate(name) {
      self.init(first: day, days: 1)
      return
    }
    let parts = name.parts(at: "-", keepingEmpty: true).map { Array($0.utf8) }
    guard let year = Self.number(parts[0], digits: 4), year > 0 else { return nil }
    if parts.count == 1 {
      self.init(year: year, month: 1, months: 12)
    } else if parts.count == 2, let month = Self.number(parts[1], digits: 2), 1...12 ~= month {
      self.init(year: year, month: month, months: 1)
    } else if parts.count == 2, parts[1].first == UInt8(ascii: "Q"),
      let quarter = Self.number(Array(parts[1].dropFirst()), digits: 1), 1...4 ~= quarter
    {
      self.init(year: year, month: quarter * 3 - 2, months: 3)
    } else {
      return nil
    }
  }

  private static func number(_ bytes: [UInt8], digits: Int) -> Int64? {
    bytes.count == digits ? bytes.decimalValue : nil
  }
}

extension CivilDate {
  /// The day this many days later.
  public func advanced(byDays days: Int64) -> CivilDate {
    CivilDate(dayNumber: dayNumber + days)
  }
}
