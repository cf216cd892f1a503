internal import ArgumentParser
import AuditPlan
internal import AuditRun

/// What is published, and where.
struct OutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The archive that packs are published in. (default: kfaudit-archive)",
      valueName: "folder"),
    completion: .directory)
  var out: String?

  @Option(
    help: ArgumentHelp(
      "Which files, separated by commas. (values: \(NameList.formats.text); default: csv,json,ndjson,html)",
      valueName: "list"),
    completion: NameList.formats.completion)
  var format: String?

  @Option(
    help: ArgumentHelp(
      "Which metrics, separated by commas. (values: \(NameList.metrics.text); default: all that the configuration allows)",
      valueName: "list"),
    completion: NameList.metrics.completion)
  var metrics: String?

  @Option(
    help: ArgumentHelp(
      "Templates instead of the built-in ones; kfaudit template writes those.",
      valueName: "folder"),
    completion: .directory)
  var template: String?

  @Option(
    help: ArgumentHelp(
      "Gates and exceptions in YAML; when a gate fails, the exit status is 1.",
      valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var policy: String?

  @Flag(help: "Begin CSV files with a byte order mark, for Excel.")
  var excel = false

  @Flag(help: "End with 0 although completeness could not be proved; the report is watermarked.")
  var acceptUnproved = false

  @Flag(
    help:
      "Accept an archive that belongs to another user, or that its group or anyone can write to.")
  var allowShared = false

  @Flag(
    help: "Begin a new chain although the archive holds packs; manifest and report record it.")
  var restartChain = false

  @Flag(help: "Publish after a pack that is not what was published; the report says so.")
  var force = false

  /// Says it in the plan's words.
  func write(to options: inout AuditOptions) {
    options.out = out
    options.format = format
    options.metrics = metrics
    options.template = template
    options.policy = policy
    options.excel = excel
    options.acceptUnproved = acceptUnproved
    options.allowShared = allowShared
    options.restartChain = restartChain
    options.force = force
  }
}
