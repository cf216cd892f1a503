/// An instant as a calendar and a clock in UTC show it.
///
/// Foundation's formatting is a hundred times slower, and a page has a thousand dates.
struct CivilTime {
  private static let day: Int64 = 86_400_000

  let year: Int64
  let month: Int64
  let dayOfMonth: Int64
  /// 0 for Monday to 6 for Sunday.
  let weekday: Int
  let hour: Int64
  let minute: Int64
  let second: Int64
  let millisecond: Int64

  /// What is shown so many milliseconds after 1970.
  ///
  /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
  init(milliseconds: Int64) {
    let days = Self.floor(milliseconds, by: Self.day)
    let rest = milliseconds - days * Self.day
    (hour, minute) = (rest / 3_600_000, rest / 60_000 % 60)
    (second, millisecond) = (rest / 1000 % 60, rest % 1000)
    weekday = Int(days + 3 - Self.floor(days + 3, by: 7) * 7)
    let shifted = days + 719_468
    let era = Self.floor(shifted, by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    dayOfMonth = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// The midnight of a date, in milliseconds since 1970; `nil` when there is no such date.
  ///
  /// Source: as above, `days_from_civil`.
  static func midnight(year: Int64, month: Int64, day: Int64) -> Int64? {
    guard 1...9999 ~= year, 1...12 ~= month, 1...31 ~= day else { return nil }
    let shifted = month <= 2 ? year - 1 : year
    let era = floor(shifted, by: 400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let midnight = (era * 146_097 + dayOfEra - 719_468) * Self.day
    let check = CivilTime(milliseconds: midnight)
    return check.dayOfMonth == day && check.month == month ? midnight : nil
  }

  /// The midnight before an instant.
  static func midnight(before milliseconds: Int64) -> Int64 {
    floor(milliseconds, by: day) * day
  }

  /// `2026-10-01T12:24:00`.
  func appendISO(to bytes: inout [UInt8]) {
    bytes.append(digitsOf: year, width: 4)
    bytes.append(UInt8(ascii: "-"))
    bytes.append(digitsOf: month, width: 2)
    bytes.append(UInt8(ascii: "-"))
    bytes.append(digitsOf: dayOfMonth, width: 2)
    bytes.append(UInt8(ascii: "T"))
    appendClock(to: &bytes)
  }

  /// `Sun, 06 Nov 1994 08:49:37 GMT`, as headers have it.
  var headerDate: String {
    let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    var bytes = Array("\(weekdays[weekday]), ".utf8)
    bytes.append(digitsOf: dayOfMonth, width: 2)
    bytes += " \(months[Int(month) - 1]) ".utf8
    bytes.append(digitsOf: year, width: 4)
    bytes.append(UInt8(ascii: " "))
    appendClock(to: &bytes)
    return String(decoding: bytes, as: UTF8.self) + " GMT"
  }

  private func appendClock(to bytes: inout [UInt8]) {
    bytes.append(digitsOf: hour, width: 2)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(digitsOf: minute, width: 2)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(digitsOf: second, width: 2)
  }

  private static func floor(_ number: Int64, by divisor: Int64) -> Int64 {
    let quotient = number / divisor
    return number % divisor < 0 ? quotient - 1 : quotient
  }
}

extension [UInt8] {
  /// Appends a number's last decimal digits, zeros included.
  mutating func append(digitsOf number: Int64, width: Int) {
    var power: Int64 = 1
    for _ in 1..<width { power *= 10 }
    while power > 0 {
      append(UInt8(ascii: "0") + UInt8(number / power % 10))
      power /= 10
    }
  }
}

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
