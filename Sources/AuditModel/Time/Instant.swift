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
    let rest = UInt64(milliseconds - day * 86_400_000)
    let dayOfMonth = CivilDate(dayNumber: day).appendMonth(to: &output)
    let (minutes, milliseconds) = rest.quotientAndRemainder(dividingBy: 60_000)
    let (hour, minute) = minutes.quotientAndRemainder(dividingBy: 60)
    let (second, fraction) = milliseconds.quotientAndRemainder(dividingBy: 1000)
    // In the forms of `00T00:00` and `:00.000Z`.
    output.append(
      ByteWord(
        digits: dayOfMonth * 1_000_000 + hour * 1000 + minute, form: 0x3030_3A30_3054_3030))
    output.append(
      ByteWord(digits: second * 100_000 + fraction * 10, form: 0x5A30_3030_2E30_303A))
  }
}

extension Int64 {
  /// The quotient rounded towards negative infinity.
  func flooredDivision(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
