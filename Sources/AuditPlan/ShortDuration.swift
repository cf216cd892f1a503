/// Times as people write them: a whole number and a unit, `90s`, `30m`, `24h` or `5d`.
enum ShortDuration {
  private static let units: [Unicode.Scalar: Int64] = [
    "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000,
  ]

  /// The milliseconds, more than 0 and at most ten years; `nil` for anything else.
  static func milliseconds(of text: String) -> Int64? {
    guard let unit = text.unicodeScalars.last.flatMap({ units[$0] }),
      let number = Int64(text.dropLast())
    else {
      return nil
    }
    let (milliseconds, overflow) = number.multipliedReportingOverflow(by: unit)
    return !overflow && 1...(3650 * 86_400_000) ~= milliseconds ? milliseconds : nil
  }
}
