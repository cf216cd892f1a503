/// A point in time: whole milliseconds since 1970-01-01T00:00:00Z.
///
/// Integers, because a `Date` printed with a fraction is 1 ms low for half of all timestamps.
public struct Instant: Sendable, Hashable, Comparable {
  /// Milliseconds since the epoch; negative before it.
  public var milliseconds: Int64

  /// Makes an instant.
  public init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// Orders by time.
  public static func < (left: Instant, right: Instant) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// The instant this many milliseconds later.
  public func advanced(byMilliseconds distance: Int64) -> Instant {
    Instant(milliseconds: milliseconds + distance)
  }

  /// Milliseconds from another instant to this one.
  public func milliseconds(since other: Instant) -> Int64 {
    milliseconds - other.milliseconds
  }
}

extension Instant: CustomStringConvertible {
  /// RFC 3339 in UTC with milliseconds, `2026-10-01T12:24:00.516Z`.
  public var description: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the RFC 3339 form.
  public func append(to bytes: inout [UInt8]) {
    let day = milliseconds.flooredDivision(by: 86_400_000)
    let rest = milliseconds - day * 86_400_000
    CivilDate(dayNumber: day).append(to: &bytes)
    bytes.append(UInt8(ascii: "T"))
    bytes.append(integer: rest / 3_600_000, width: 2)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(integer: rest / 60_000 % 60, width: 2)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(integer: rest / 1000 % 60, width: 2)
    bytes.append(UInt8(ascii: "."))
    bytes.append(integer: rest % 1000, width: 3)
    bytes.append(UInt8(ascii: "Z"))
  }
}

extension Int64 {
  /// The quotient rounded towards negative infinity.
  func flooredDivision(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
