/// Reads the dates that a query may hold.
///
/// The vendor publishes no format; these are the candidates, and what has no zone is UTC:
/// `2026-10-01`, `2026-10-01T00:00:00.5Z`, `2026-10-01T05:45:00+05:45`, `10/1/2026`, `%TODAY-10%`.
struct DateLiteral {
  private static let minute: Int64 = 60_000
  private static let day: Int64 = 86_400_000

  private var rest: Substring.UTF8View

  /// The instant in milliseconds since 1970, finer digits cut off; `nil` when it is none.
  static func milliseconds(_ text: String, now: Int64) -> Int64? {
    var literal = DateLiteral(rest: text[...].utf8)
    let value =
      text.hasPrefix("%")
      ? literal.relative(to: now) : text.contains("/") ? literal.american() : literal.iso()
    return literal.rest.isEmpty ? value : nil
  }

  /// `%TODAY%`, `%TODAY-10%`: midnights in UTC.
  private mutating func relative(to now: Int64) -> Int64? {
    guard rest.count >= 7, String(rest.prefix(6))?.uppercased() == "%TODAY",
      rest.last == UInt8(ascii: "%")
    else { return nil }
    let distance = rest.dropFirst(6).dropLast()
    rest = rest.suffix(0)
    let isSigned = distance.first == UInt8(ascii: "-") || distance.first == UInt8(ascii: "+")
    guard distance.count < 6, distance.isEmpty || isSigned,
      let days = distance.isEmpty ? 0 : String(distance).flatMap({ Int64($0) })
    else { return nil }
    return CivilTime.midnight(before: now) + days * Self.day
  }

  /// `10/1/2026`, month first.
  private mutating func american() -> Int64? {
    guard let month = number(1...2), take("/"), let day = number(1...2), take("/"),
      let year = number(4...4)
    else { return nil }
    return CivilTime.midnight(year: year, month: month, day: day)
  }

  /// `2026-10-01`, or with a time and perhaps a zone.
  private mutating func iso() -> Int64? {
    guard let year = number(4...4), take("-"), let month = number(2...2), take("-"),
      let day = number(2...2),
      let midnight = CivilTime.midnight(year: year, month: month, day: day)
    else { return nil }
    if rest.isEmpty { return midnight }
    guard take("T"), let time = clock(), let offset = zone() else { return nil }
    return midnight + time - offset
  }

  /// `12:24:00.5`, in milliseconds since midnight.
  private mutating func clock() -> Int64? {
    guard let hour = number(2...2), hour < 24, take(":"), let minutes = number(2...2), minutes < 60,
      take(":"), let seconds = number(2...2), seconds < 60
    else { return nil }
    var time = (hour * 60 + minutes) * Self.minute + seconds * 1000
    if take(".") {
      let digits = rest.prefix { Self.isDigit($0) }
      guard 1...7 ~= digits.count, let text = String(digits) else { return nil }
      rest = rest.dropFirst(digits.count)
      time += Int64((text + "00").prefix(3)) ?? 0
    }
    return time
  }

  /// `Z`, `+05:45` or nothing, in milliseconds east of UTC.
  private mutating func zone() -> Int64? {
    if rest.isEmpty || take("Z") { return 0 }
    let sign: Int64 = take("-") ? -1 : 1
    guard sign < 0 || take("+"), let hours = number(2...2), hours <= 14, take(":"),
      let minutes = number(2...2), minutes < 60
    else { return nil }
    return sign * (hours * 60 + minutes) * Self.minute
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest = rest.dropFirst()
    return true
  }

  private mutating func number(_ width: ClosedRange<Int>) -> Int64? {
    let digits = rest.prefix(width.upperBound).prefix { Self.isDigit($0) }
    guard width ~= digits.count, let text = String(digits) else { return nil }
    rest = rest.dropFirst(digits.count)
    return Int64(text)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }
}
