import AuditModel

/// The window as a heading: whole days where it consists of whole days, otherwise both instants.
struct WindowTitle {
  let window: WindowDocument

  /// `1–31 October 2026`, `28 September – 4 October 2026`, or `2026-10-01 05:00:00 UTC to …`.
  var text: String {
    guard window.localFrom.dropFirst(10).begins(with: "T00:00:00"),
      window.localTo.dropFirst(10).begins(with: "T00:00:00"),
      let first = CivilDate(String(window.localFrom.prefix(10))),
      let end = CivilDate(String(window.localTo.prefix(10))), first < end
    else { return "\(Readable.instant(window.from)) to \(Readable.instant(window.to))" }
    let last = CivilDate(dayNumber: end.dayNumber - 1)
    if first == last { return full(first) }
    if first.parts.year != last.parts.year { return "\(full(first)) – \(full(last))" }
    if first.parts.month != last.parts.month {
      return "\(first.parts.day) \(Readable.month(first)) – \(full(last))"
    }
    return "\(first.parts.day)–\(full(last))"
  }

  private func full(_ date: CivilDate) -> String {
    "\(date.parts.day) \(Readable.month(date)) \(date.parts.year)"
  }
}
