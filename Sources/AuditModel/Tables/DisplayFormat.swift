/// Figures as people read them, in English and without a locale; the exact values are beside them in markup.
public enum DisplayFormat {
  /// `12,345`.
  public static func count(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var text = number < 0 ? "−" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
      text.append(digit)
    }
    return text
  }

  /// `1 instance`, `12,345 instances`.
  public static func count(_ number: Int, _ noun: String) -> String {
    Counted(number, noun).figure
  }

  /// `12.3%`; a share that is neither none nor all never reads as 0% or 100%.
  public static func percent(_ ratio: Double) -> String {
    if ratio < 0 { return "−" + percent(-ratio) }
    let perMille = (ratio * 1000).rounded()
    if perMille == 0, ratio > 0 { return "<0.1%" }
    if perMille == 1000, ratio < 1 { return ">99.9%" }
    return decimal(perMille / 10) + "%"
  }

  /// `20%`, `2.5%`: for the marks of an axis, which are round.
  public static func shortPercent(_ ratio: Double) -> String {
    let perMille = Int((ratio * 1000).rounded())
    return perMille.isMultiple(of: 10) ? "\(perMille / 10)%" : decimal(ratio * 100) + "%"
  }

  /// `1.24`: two decimals for what is neither a count nor a share.
  public static func number(_ number: Double) -> String {
    if number < 0 { return "−" + Self.number(-number) }
    let hundredths = Int((number * 100).rounded())
    let fraction = hundredths % 100
    return "\(count(hundredths / 100)).\(fraction < 10 ? "0" : "")\(fraction)"
  }

  /// `3.7–4.5%`.
  public static func interval(_ low: Double, _ high: Double) -> String {
    "\(decimal((low * 1000).rounded() / 10))–\(decimal((high * 1000).rounded() / 10))%"
  }

  /// `850 ms`, `4.2 s`, `12 min 5 s`, `3 h 12 min`, `2 d 4 h`, `35 d`.
  public static func duration(milliseconds: Double) -> String {
    let seconds = milliseconds / 1000
    if milliseconds < 0 { return "−" + duration(milliseconds: -milliseconds) }
    if milliseconds < 999.5 {
      return milliseconds > 0 && milliseconds < 0.5 ? "<1 ms" : quantity(milliseconds, "ms")
    }
    if seconds < 9.95 { return "\(decimal((seconds * 10).rounded() / 10))\u{A0}s" }
    if seconds < 59.5 { return quantity(seconds, "s") }
    if seconds.rounded() < 3600 { return pair(seconds, "min", "s", 60) }
    if (seconds / 60).rounded() < 1440 { return pair(seconds / 60, "h", "min", 60) }
    if (seconds / 3600).rounded() < 336 { return pair(seconds / 3600, "d", "h", 24) }
    return quantity(seconds / 86_400, "d")
  }

  /// `2026-10-01 12:24:00 UTC` or `2026-10-01 14:24:00 +02:00`, from RFC 3339; a fraction is kept unless it is zero.
  public static func instant(_ instant: String) -> String {
    // text: our instants
    guard instant.utf8.count >= 20, instant.dropFirst(10).first == "T" else { return instant }
    // text: our instants
    let zone = instant.dropFirst(19).drop { $0 == "." || "0"..."9" ~= $0 }
    let fraction = instant.dropFirst(19).dropLast(zone.count)
    return "\(instant.prefix(10)) \(instant.dropFirst(11).prefix(8))"
      // text: our instants
      + (fraction.contains { $0 != "0" && $0 != "." } ? fraction : "")
      + (zone == "Z" ? " UTC" : " \(zone)")
  }

  /// `2026-10-01` and `12:24:00 UTC`, whatever the fraction: in tables the second is enough, and the files have the rest.
  public static func second(of instant: Instant) -> (day: String, time: String) {
    let text = instant.description
    return (String(text.prefix(10)), "\(text.dropFirst(11).prefix(8)) UTC")
  }

  /// `5 Oct`.
  public static func shortDay(_ date: CivilDate) -> String {
    "\(date.parts.day) \(month(date).prefix(3))"
  }

  /// `October`.
  public static func month(_ date: CivilDate) -> String {
    months[Int(date.parts.month) - 1]
  }

  /// A number with one decimal, `4.2`.
  private static func decimal(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return "\(count(tenths / 10)).\(tenths % 10)"
  }

  private static func quantity(_ number: Double, _ unit: String) -> String {
    "\(count(Int(number.rounded())))\u{A0}\(unit)"
  }

  private static func pair(
    _ number: Double, _ large: String, _ small: String, _ ratio: Int
  ) -> String {
    let (quotient, rest) = Int(number.rounded()).quotientAndRemainder(dividingBy: ratio)
    return "\(quotient)\u{A0}\(large)" + (rest == 0 ? "" : "\u{A0}\(rest)\u{A0}\(small)")
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
}
