package import AuditModel

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

/// Reads the `Date` header, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7).
package enum HTTPDate {
  /// The instant of a header's value; `nil` for anything else.
  package static func instant(_ text: String) -> Instant? {
    let words = text.parts(at: " ")
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    guard words.count == 6, words[5] == "GMT",
      let month = months.firstIndex(of: words[2])
    else { return nil }
    let number = String(month + 1)
    let padded = number.utf8.count == 1 ? "0" + number : number
    return Instant(rfc3339: "\(words[3])-\(padded)-\(words[1])T\(words[4])Z")
  }
}
