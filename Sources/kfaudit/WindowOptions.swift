internal import ArgumentParser
import AuditPlan
internal import AuditRun

/// Which instances: by when they started.
struct WindowOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "First day or instant of the window: 2026-10-01 (midnight in --time-zone) or 2026-10-01T00:00:00Z. An instance belongs to the window that it started in.",
      valueName: "when"))
  var from: String?

  @Option(
    help: ArgumentHelp(
      "First day or instant after the window.",
      valueName: "when"))
  var to: String?

  @Option(
    help: ArgumentHelp(
      "Instead of both: 2026-10-22, 2026-10, 2026-Q4, 2026, yesterday, last-week or last-month.",
      valueName: "period"),
    completion: .list(["yesterday", "last-week", "last-month"]))
  var period: String?

  @Option(
    help: ArgumentHelp(
      "IANA name of the zone of days and local times. (default: UTC)",
      valueName: "zone"))
  var timeZone: String?

  @Option(
    help: ArgumentHelp(
      "The instant to which open instances age, to freeze it: 2026-11-01T00:00:00Z. (default: the server's clock; of saved pages, their newest instant)",
      valueName: "instant"))
  var asOf: String?

  @Flag(help: "Accept a window that may still be filling.")
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
