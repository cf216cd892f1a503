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

extension Instant {
  /// Reads `2026-10-01T12:24:00.5164321Z`: 0 to 7 fraction digits, then `Z`, an offset such as `+05:45`, or nothing, which means UTC.
  ///
  /// Digits beyond the millisecond are cut off. `nil` for anything else, for dates that do not exist,
  /// and for the years 1 and 9999, which servers write for "never".
  public init?(rfc3339 text: borrowing Span<UInt8>) {
    guard text.count >= 19,
      let year = text.digits(at: 0, count: 4), text[4] == UInt8(ascii: "-"),
      let month = text.digits(at: 5, count: 2), text[7] == UInt8(ascii: "-"),
      let day = text.digits(at: 8, count: 2),
      text[10] == UInt8(ascii: "T") || text[10] == UInt8(ascii: "t")
        || text[10] == UInt8(ascii: " "),
      let hour = text.digits(at: 11, count: 2), text[13] == UInt8(ascii: ":"),
      let minute = text.digits(at: 14, count: 2), text[16] == UInt8(ascii: ":"),
      let second = text.digits(at: 17, count: 2),
      hour < 24, minute < 60, second < 60, 1 < year, year < 9999,
      let date = CivilDate(year: year, month: month, day: day)
    else { return nil }

    var position = 19
    var fraction: Int64 = 0
    if position < text.count, text[position] == UInt8(ascii: ".") {
      position += 1
      var scale: Int64 = 100
      let first = position
      while position < text.count, let digit = text.digits(at: position, count: 1) {
        fraction += digit * scale
        scale /= 10
        position += 1
      }
      guard 1...7 ~= position - first else { return nil }
    }
    guard let offset = text.offsetMinutes(at: position) else { return nil }
    let seconds = date.dayNumber * 86_400 + hour * 3600 + minute * 60 + second - offset * 60
    self.init(milliseconds: seconds * 1000 + fraction)
  }

  /// Reads an instant from a string, in the form that a server sends.
  public init?(rfc3339 text: String) {
    self.init(rfc3339: Array(text.utf8).span)
  }
}

extension Span<UInt8> {
  /// The number written in exactly this many ASCII digits at a position.
  @inline(__always)
  fileprivate func digits(at position: Int, count: Int) -> Int64? {
    var number: Int64 = 0
    for index in position..<position + count {
      let digit = self[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      number = number * 10 + Int64(digit)
    }
    return number
  }

  /// The minutes east of UTC in the rest of the text.
  fileprivate func offsetMinutes(at position: Int) -> Int64? {
    let rest = count - position
    if rest == 0 { return 0 }
    if rest == 1 { return self[position] | 0x20 == UInt8(ascii: "z") ? 0 : nil }
    guard rest == 6, self[position + 3] == UInt8(ascii: ":"),
      self[position] == UInt8(ascii: "+") || self[position] == UInt8(ascii: "-"),
      let hours = digits(at: position + 1, count: 2), hours < 24,
      let minutes = digits(at: position + 4, count: 2), minutes < 60
    else { return nil }
    let offset = hours * 60 + minutes
    return self[position] == UInt8(ascii: "-") ? -offset : offset
  }
}
