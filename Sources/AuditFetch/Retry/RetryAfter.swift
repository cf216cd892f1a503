import AuditModel

/// Reads the Retry-After header: seconds, or an HTTP date.
enum RetryAfter {
  /// The wait in milliseconds; `nil` for anything that names no time to come.
  static func milliseconds(_ value: String, date: Instant?) -> Int64? {
    if let seconds = Int64(value), seconds >= 0 {
      let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1000)
      return overflow ? .max : milliseconds
    }
    guard let until = HTTPDate.instant(value), let date, until > date else { return nil }
    return until.milliseconds(since: date)
  }
}
