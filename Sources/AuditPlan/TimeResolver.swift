import AuditModel

/// Decides the zone, the as-of instant and the window.
struct TimeResolver {
  /// What the user said.
  var options: AuditOptions
  /// This machine's time.
  var now: Instant

  /// A server's clock further from this machine's ends a run, in milliseconds.
  private static let largestSkew: Int64 = 86_400_000

  /// Offsets are known for these years.
  private static let years = Window(
    from: Instant(milliseconds: 0), to: Instant(milliseconds: 4_102_444_800_000), zone: .utc)

  /// The report's zone; `nil` after a mistake.
  func zone(configured: CivilZone?, _ mistakes: inout PlanMistakes) -> CivilZone? {
    guard let name = options.timeZone else { return configured ?? .utc }
    if let zone = CivilZone(identifier: name) { return zone }
    mistakes.usage("--time-zone: " + Self.complaint(aboutZone: name))
    return nil
  }

  /// Why a word is no zone.
  static func complaint(aboutZone name: String) -> String {
    "there is no time zone \(NamedValue.shown(name)); use an IANA name such as UTC, "
      + "Europe/Berlin or America/New_York."
  }

  /// The frozen as-of instant.
  func asOf(_ mistakes: inout PlanMistakes) -> Instant? {
    guard let text = options.asOf else { return nil }
    if let instant = Instant(zoned: text) { return instant }
    mistakes.usage(
      "--as-of \(NamedValue.shown(text)): this is no instant with a zone; "
        + "write 2026-11-01T00:00:00Z or 2026-11-01T00:00:00+02:00.")
    return nil
  }

  /// The window; `nil` after a mistake, and for saved pages when nobody names one.
  func window(
    zone: CivilZone, source: SourceKind, _ mistakes: inout PlanMistakes
  ) -> Window? {
    guard let window = said(zone: zone, source: source, &mistakes) else { return nil }
    guard window.from < window.to else {
      mistakes.usage(
        "--from \(window.from) is not before --to \(window.to) (both in UTC); "
          + "the window is half-open, so --to names the first instant after it.")
      return nil
    }
    guard Self.years.from <= window.from, window.to <= Self.years.to else {
      mistakes.usage(
        "the window \(window.from) to \(window.to) leaves the years 1970 to 2099; choose a shorter one."
      )
      return nil
    }
    if source == .server { checkSettled(window, &mistakes) }
    return window
  }

  private func said(
    zone: CivilZone, source: SourceKind, _ mistakes: inout PlanMistakes
  ) -> Window? {
    if let name = options.period {
      if options.from != nil || options.to != nil {
        mistakes.usage("--period and --from/--to both name a window; give one of them.")
        return nil
      }
      return period(name, zone: zone, &mistakes)
    }
    guard options.from != nil || options.to != nil else {
      switch source {
      case .pages: return nil
      case .sandbox: return period("last-month", zone: zone, &mistakes)
      case .server:
        mistakes.usage(
          "no window: give --from and --to, or --period (\(Period.acceptedForms)).")
        return nil
      }
    }
    let from = edge(options.from, of: "--from", &mistakes)
    let to = edge(options.to, of: "--to", &mistakes)
    guard let from, let to else { return nil }
    return Window(from: from.instant(in: zone), to: to.instant(in: zone), zone: zone)
  }

  private func edge(
    _ text: String?, of option: String, _ mistakes: inout PlanMistakes
  ) -> WindowEdge? {
    guard let text else {
      mistakes.usage("\(option) is missing: a window needs both --from and --to, or --period.")
      return nil
    }
    if let edge = WindowEdge(text) { return edge }
    mistakes.usage(
      "\(option) \(NamedValue.shown(text)): this is no day that exists and no instant with a zone; "
        + "write \(WindowEdge.acceptedForms).")
    return nil
  }

  private func period(
    _ name: String, zone: CivilZone, _ mistakes: inout PlanMistakes
  ) -> Window? {
    let seenFrom = options.asOf.flatMap { Instant(zoned: $0) } ?? now
    if let period = Period(name, today: zone.date(of: seenFrom)) { return period.window(in: zone) }
    mistakes.usage(
      "--period \(NamedValue.shown(name)): this is no period; write \(Period.acceptedForms).")
    return nil
  }

  /// Whether a window has settled is decided by the server's clock; one that no clock within a day of this machine's
  /// could let pass is refused before anything is asked.
  private func checkSettled(_ window: Window, _ mistakes: inout PlanMistakes) {
    let latest = now.advanced(byMilliseconds: Self.largestSkew)
    guard window.to > latest, !options.allowOpenWindow else { return }
    mistakes.usage(
      "the window ends at \(window.to), more than a day after this machine's time, \(now): instances need 15 minutes "
        + "to settle after its end, by the server's time; end it earlier, or pass --allow-open-window."
    )
  }
}
