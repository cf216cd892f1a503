package import AuditModel

// Which instances: by when they started.
extension Settings {
  /// `--from`: the first instant or day of the window.
  package static var from: Setting<WindowEdge> {
    Setting(
      .option(
        "from", "when",
        help:
          "Start of the period: 2026-10-01 (midnight in --time-zone) or 2026-10-01T00:00:00Z. An instance belongs to the period that it started in."
      )
    ) { edge($0, of: "--from", &$1) }
  }

  /// `--to`: the first instant or day after the window.
  package static var to: Setting<WindowEdge> {
    Setting(.option("to", "when", help: "End of the period (exclusive), in the same forms.")) {
      edge($0, of: "--to", &$1)
    }
  }

  /// `--period`: the window by name, instead.
  package static var period: Setting<String> {
    Setting(
      .option(
        "period", "period", .words(periodNames),
        help:
          "Period, instead of --from and --to: 2026-10-22, 2026-10, 2026-Q4, 2026, yesterday, last-week or last-month."
      ))
  }

  /// The periods that are seen from today.
  static let periodNames = ["yesterday", "last-week", "last-month"]

  /// `--time-zone`: an IANA name.
  package static var timeZone: Setting<CivilZone> {
    Setting(
      .option(
        "time-zone", "zone", default: "UTC",
        help: "Time zone of days and local times, an IANA name such as Europe/Berlin.")
    ) { text, mistakes in
      CivilZone(identifier: text)
        ?? mistakes.refuse(.invalidTimeZone, NamedValue.shown(text))
    }.inFile(
      "timeZone", .text(),
      "The zone of days and weeks in the report, an IANA name. --time-zone wins."
    ) { entry, mistakes in
      entry.value.text.flatMap({ CivilZone(identifier: $0) })
        ?? mistakes.refuse(entry.invalid(entry.value, zoneForm))
    }
  }

  /// `--as-of`: the frozen instant.
  package static var asOf: Setting<Instant> {
    Setting(
      .option(
        "as-of", "instant",
        default: .words(
          help: "the server's clock; of saved pages, their newest instant",
          shown: "the server's clock at the end of the read"),
        help: "Measure the age of open instances up to this time: 2026-11-01T00:00:00Z.")
    ) { text, mistakes in
      Instant(zoned: text)
        ?? mistakes.refuse(.invalidTimestamp, "--as-of", NamedValue.shown(text))
    }
  }

  /// `--allow-open-window`: the window may still be filling.
  package static var allowOpenWindow: Setting<Bool> {
    Setting(flag: "allow-open-window", help: "Allow a period that has not ended yet.")
  }

  /// How a zone is written.
  static let zoneForm = "an IANA time zone such as UTC, Europe/Berlin or America/New_York"

  private static func edge(
    _ text: String, of option: String, _ mistakes: inout PlanMistakes
  ) -> WindowEdge? {
    WindowEdge(text)
      ?? mistakes.refuse(.invalidDate, option, NamedValue.shown(text), WindowEdge.acceptedForms)
  }
}

/// Decides the window.
struct WindowResolver {
  let sources: SettingSources
  /// The zone of the window's days.
  let zone: CivilZone
  /// The frozen as-of instant, from which a period counts.
  let asOf: Instant?

  /// A server's clock further from this machine's ends a run, in milliseconds.
  private static let largestSkew: Int64 = 86_400_000

  /// Offsets are known for these years.
  private static let years = Window(
    from: Instant(milliseconds: 0), to: Instant(milliseconds: 4_102_444_800_000), zone: .utc)

  private var options: AuditOptions { sources.options }

  /// The window; `nil` after a mistake, and for saved pages when none is set.
  func window(of source: SourceKind, _ mistakes: inout PlanMistakes) -> Window? {
    guard let window = asked(of: source, &mistakes) else { return nil }
    guard window.from < window.to else {
      return mistakes.refuse(.periodReversed, "\(window.from)", "\(window.to)")
    }
    guard Self.years.from <= window.from, window.to <= Self.years.to else {
      return mistakes.refuse(.periodOutOfRange, "\(window.from)", "\(window.to)")
    }
    if source == .server { checkSettled(window, &mistakes) }
    return window
  }

  private func asked(of source: SourceKind, _ mistakes: inout PlanMistakes) -> Window? {
    if let name = options.period {
      if options.from != nil || options.to != nil {
        return mistakes.refuse(
          .optionsConflict, "--period and --from or --to", "Use one way to set the period.")
      }
      return period(name, &mistakes)
    }
    guard options.from != nil || options.to != nil else {
      switch source {
      case .pages: return nil
      case .sandbox: return period("last-month", &mistakes)
      default: return mistakes.refuse(.noPeriod, Period.acceptedForms)
      }
    }
    let from = edge(Settings.from, &mistakes)
    let to = edge(Settings.to, &mistakes)
    guard let from, let to else { return nil }
    return Window(from: from.instant(in: zone), to: to.instant(in: zone), zone: zone)
  }

  private func edge(
    _ setting: Setting<WindowEdge>, _ mistakes: inout PlanMistakes
  ) -> WindowEdge? {
    if options[setting] == nil {
      mistakes.add(.periodIncomplete, "--\(setting.declaration.name)")
    }
    return sources.value(of: setting, &mistakes)
  }

  private func period(_ name: String, _ mistakes: inout PlanMistakes) -> Window? {
    let today = zone.date(of: asOf ?? sources.environment.now)
    if let period = Period(name, today: today) { return period.window(in: zone) }
    let best = Nearest.best(for: name, among: Settings.periodNames)
    let question = best.map { "Did you mean \($0)? " } ?? ""
    return mistakes.refuse(
      .invalidPeriod, NamedValue.shown(name), "\(question)Use \(Period.acceptedForms).")
  }

  /// Whether a window has settled is decided by the server's clock; one that no clock within a day of this machine's
  /// could let pass is refused before anything is asked.
  private func checkSettled(_ window: Window, _ mistakes: inout PlanMistakes) {
    let now = sources.environment.now
    let latest = now.advanced(byMilliseconds: Self.largestSkew)
    guard window.to > latest, !options.allowOpenWindow else { return }
    mistakes.add(.periodInFuture, "\(window.to)", "\(now)")
  }
}
