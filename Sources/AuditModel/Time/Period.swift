/// A run of whole days that has a name: a day, a month, a quarter, a year, or one seen from today.
public struct Period: Sendable, Equatable {
  /// The first day inside.
  public var first: CivilDate
  /// The first day after.
  public var end: CivilDate

  /// The forms that are accepted, for messages.
  public static let acceptedForms =
    "2026-10-22, 2026-10, 2026-Q4, 2026, yesterday, last-week or last-month"

  /// Reads a period's name.
  ///
  /// - Parameters:
  ///   - name: One of ``acceptedForms``; `nil` results for anything else.
  ///   - today: The day from which `yesterday`, `last-week` (Monday to Sunday) and `last-month` are seen.
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
    guard bytes.count == digits,
      bytes.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
    else { return nil }
    return bytes.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
  }
}

extension CivilDate {
  /// The day this many days later.
  public func advanced(byDays days: Int64) -> CivilDate {
    CivilDate(dayNumber: dayNumber + days)
  }
}
