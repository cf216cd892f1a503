internal import ArgumentParser
import AuditPlan
internal import AuditRun

/// How a server is read.
struct ReadOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Two reads that must agree, or one read with counts, whose verdict is unproved. (values: proved, counted; default: proved)",
      valueName: "how"),
    completion: .list(["proved", "counted"]))
  var assurance: String?

  @Option(
    help: ArgumentHelp(
      "Requests under way at the same time, 1 to 16. (default: 4)",
      valueName: "n"))
  var concurrency: String?

  @Option(
    help: ArgumentHelp(
      "How long the fetch may take, up to 24h: 90s, 30m, 2h. (default: 30m)",
      valueName: "duration"))
  var deadline: String?

  @Flag(help: "Keep what was read before a fetch failed, watermarked, as <window>.INCOMPLETE.")
  var keepPartial = false

  @Option(
    help: ArgumentHelp(
      "The earlier pack to follow and to compare with. (default: the newest in the archive)",
      valueName: "pack"),
    completion: .directory)
  var previous: String?

  /// Says it in the plan's words.
  func write(to options: inout AuditOptions) {
    options.assurance = assurance
    options.concurrency = concurrency
    options.deadline = deadline
    options.keepPartial = keepPartial
    options.previous = previous
  }
}
