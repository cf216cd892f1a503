internal import ArgumentParser
internal import AuditRun

/// Which instances: by when they started.
struct WindowOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Start of the window: 2026-10-01 (midnight in --time-zone) or 2026-10-01T00:00:00Z.",
      valueName: "when"))
  var from: String?

  @Option(help: ArgumentHelp("The first day or instant after the window.", valueName: "when"))
  var to: String?

  @Option(
    help: ArgumentHelp(
      "Instead: 2026-10-22, 2026-10, 2026-Q4, 2026, yesterday, last-week or last-month.",
      valueName: "period"))
  var period: String?

  @Option(help: ArgumentHelp("IANA name; default UTC.", valueName: "zone"))
  var timeZone: String?

  @Option(
    help: ArgumentHelp(
      "Freeze the instant to which open instances age: 2026-11-01T00:00:00Z.", valueName: "instant")
  )
  var asOf: String?

  @Flag(help: "The window may still be filling.")
  var allowOpenWindow = false

  /// Says it in the plan's words.
  func write(to options: inout AuditOptions) {
    options.from = from
    options.to = to
    options.period = period
    options.timeZone = timeZone
    options.asOf = asOf
    options.allowOpenWindow = allowOpenWindow
  }
}
