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
    String(decoding: [UInt8](capacity: Self.longest) { append(to: &$0) }, as: UTF8.self)
  }

  /// The most bytes that the RFC 3339 form can take, whatever the year.
  public static let longest = 40

  /// Appends the RFC 3339 form.
  public func append(to bytes: inout [UInt8]) {
    bytes.append(addingCapacity: Self.longest) { append(to: &$0) }
  }

  /// Appends the RFC 3339 form.
  public func append(to output: inout OutputSpan<UInt8>) {
    let day = milliseconds.flooredDivision(by: 86_400_000)
    let rest = milliseconds - day * 86_400_000
    CivilDate(dayNumber: day).append(to: &output)
    output.append(UInt8(ascii: "T"))
    output.append(twoDigits: rest / 3_600_000)
    output.append(UInt8(ascii: ":"))
    output.append(twoDigits: rest / 60_000 % 60)
    output.append(UInt8(ascii: ":"))
    output.append(twoDigits: rest / 1000 % 60)
    output.append(UInt8(ascii: "."))
    output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 1000 / 100))
    output.append(twoDigits: rest % 100)
    output.append(UInt8(ascii: "Z"))
  }
}

extension Int64 {
  /// The quotient rounded towards negative infinity.
  func flooredDivision(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
