@testable import AuditModel

/// Dates: what is read, printed and read again is the same.
enum DateTarget {
  static func run(_ bytes: [UInt8]) throws {
    if let instant = Instant(rfc3339: bytes.span) { try check(instant) }
    let text = String(decoding: bytes, as: UTF8.self)
    switch WindowEdge(text) {
    case .instant(let instant): try check(instant)
    case .day(let day): try check(day)
    case nil: break
    }
    guard let today = CivilDate(year: 2026, month: 11, day: 24),
      let period = Period(text, today: today)
    else { return }
    try check(period.first)
    try BrokenPromise.unless(period.first < period.end, "a period without a day")
    let window = period.window(in: .utc)
    try BrokenPromise.unless(window.from < window.to, "an empty window")
  }

  private static func check(_ instant: Instant) throws {
    let text = instant.description
    // An offset can lead into the years that stand for "never", which are not read.
    let isNever = text.hasPrefix("0001-") || text.hasPrefix("9999-")
    try BrokenPromise.unless(
      isNever || Instant(rfc3339: text) == instant, "\(text) reads differently")
  }

  private static func check(_ day: CivilDate) throws {
    try BrokenPromise.unless(CivilDate(day.description) == day, "\(day) reads differently")
    let (year, month, date) = day.parts
    try BrokenPromise.unless(
      CivilDate(year: year, month: month, day: date) == day, "\(day) is not its parts")
    try BrokenPromise.unless(day.isoWeek.contains("-W"), "\(day) is in no week")
  }
}
