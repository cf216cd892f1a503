/// A day of the proleptic Gregorian calendar.
public struct CivilDate: Sendable, Hashable, Comparable {
  /// Days since 1970-01-01.
  public var dayNumber: Int64

  /// Makes a date from days since 1970-01-01.
  public init(dayNumber: Int64) {
    self.dayNumber = dayNumber
  }

  /// Makes a date from its parts; `nil` when there is no such day.
  ///
  /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
  public init?(year: Int64, month: Int64, day: Int64) {
    guard 1...12 ~= month, 1...Self.days(inMonth: month, of: year) ~= day else { return nil }
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted.flooredDivision(by: 400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.init(dayNumber: era * 146_097 + dayOfEra - 719_468)
  }

  /// Reads `2026-10-01`; `nil` for anything else and for days that do not exist.
  public init?(_ text: String) {
    let parts = text.parts(at: "-", keepingEmpty: true)
    guard parts.map(\.utf8.count) == [4, 2, 2],
      let year = parts[0].utf8.decimalValue, let month = parts[1].utf8.decimalValue,
      let day = parts[2].utf8.decimalValue
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// Year, month and day.
  ///
  /// Source: as above, `civil_from_days`.
  public var parts: (year: Int64, month: Int64, day: Int64) {
    let shifted = dayNumber + 719_468
    let era = shifted.flooredDivision(by: 146_097)
    let dayOfEra = UInt32(shifted - era * 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (Int64(yearOfEra) + era * 400 + (month <= 2 ? 1 : 0), Int64(month), Int64(day))
  }

  /// 0 for Monday to 6 for Sunday.
  public var weekday: Int { Int(dayNumber + 3 - (dayNumber + 3).flooredDivision(by: 7) * 7) }

  /// The ISO 8601 week it lies in, `2026-W40`: the year is that of the week's Thursday.
  public var isoWeek: String {
    let thursday = CivilDate(dayNumber: dayNumber - Int64(weekday) + 3)
    let year = thursday.parts.year
    let first = CivilDate(year: year, month: 1, day: 1)?.dayNumber ?? thursday.dayNumber
    var bytes: [UInt8] = []
    bytes.append(integer: year, width: 4)
    bytes += "-W".utf8
    bytes.append(integer: (thursday.dayNumber - first) / 7 + 1, width: 2)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Orders by time: year, month, day.
  public static func < (left: CivilDate, right: CivilDate) -> Bool {
    left.dayNumber < right.dayNumber
  }

  private static func days(inMonth month: Int64, of year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CivilDate: CustomStringConvertible {
  /// `2026-10-01`.
  public var description: String {
    String(decoding: [UInt8](capacity: 27) { append(to: &$0) }, as: UTF8.self)
  }

  /// Appends `2026-10-01`.
  private func append(to output: inout OutputSpan<UInt8>) {
    let day = appendMonth(to: &output)
    output.append(ByteWord(digits: day * 1_000_000), first: 2)
  }

  /// Appends `2026-10-`, and returns the day of the month.
  @inline(__always)
  func appendMonth(to output: inout OutputSpan<UInt8>) -> UInt64 {
    let (year, month, day) = parts
    if year < 0 { output.append(UInt8(ascii: "-")) }
    let (ages, yearOfAge) = year.magnitude.quotientAndRemainder(dividingBy: 10_000)
    if ages > 0 { output.append(integer: Int64(ages)) }
    // In the form of `0000-00-`.
    output.append(
      ByteWord(digits: yearOfAge * 10_000 + UInt64(month) * 10, form: 0x2D30_302D_3030_3030))
    return UInt64(day)
  }
}
