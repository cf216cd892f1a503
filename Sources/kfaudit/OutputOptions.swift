internal import ArgumentParser
internal import AuditRun

/// What is published, and where.
struct OutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The archive that packs are published in; default kfaudit-archive.", valueName: "folder"))
  var out: String?

  @Option(
    help: ArgumentHelp(
      "Of csv, json, ndjson, html, xlsx, junit, markdown and metrics; default csv,json,ndjson,html.",
      valueName: "list"))
  var format: String?

  @Option(help: ArgumentHelp("Which metrics; default all.", valueName: "list"))
  var metrics: String?

  @Option(
    help: ArgumentHelp("Templates instead of the built-in ones.", valueName: "folder"))
  var template: String?

  @Option(
    help: ArgumentHelp("Gates and exceptions in YAML; a breach answers 1.", valueName: "file"))
  var policy: String?

  @Flag(help: "A byte order mark before CSV, for Excel.")
  var excel = false

  @Flag(help: "Answer 0 although completeness could not be proved.")
  var acceptUnproved = false

  @Flag(help: "The archive may be a folder that anyone on this machine can write to.")
  var allowShared = false

  @Flag(help: "Publish although the pack before is not what was published; the report says so.")
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
    options.force = force
  }
}
