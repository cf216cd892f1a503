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
