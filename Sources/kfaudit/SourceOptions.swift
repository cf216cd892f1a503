internal import ArgumentParser
internal import AuditRun

/// Where instances come from.
struct SourceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "https://host[:port][/api/path]; default path /KeyfactorAPI; plain http to loopback only.",
      valueName: "url"))
  var server: String?

  @Option(
    help: ArgumentHelp(
      "Instead: a folder of saved response bodies, *.json or *.json.gz, in name order.",
      valueName: "folder"))
  var pages: String?

  @Flag(help: "Hard-link saved pages into the pack rather than copy them.")
  var linkPages = false

  @Flag(help: "Instead: an embedded stand-in server on loopback.")
  var sandbox = false

  @Option(help: ArgumentHelp("How many instances the sandbox holds.", valueName: "n"))
  var sandboxInstances: String?

  @Option(help: ArgumentHelp("What the sandbox's data is drawn from.", valueName: "n"))
  var sandboxSeed: String?

  @Option(help: ArgumentHelp("How many of the sandbox's names are hostile.", valueName: "percent"))
  var sandboxHostile: String?

  @Option(help: ArgumentHelp("Instances a request, 1 to 1000; default 500.", valueName: "n"))
  var pageSize: String?

  @Option(help: ArgumentHelp("Configuration in YAML.", valueName: "file"))
  var config: String?

  /// Says it in the plan's words.
  func write(to options: inout AuditOptions) {
    options.server = server
    options.pages = pages
    options.linkPages = linkPages
    options.sandbox = sandbox
    options.sandboxInstances = sandboxInstances
    options.sandboxSeed = sandboxSeed
    options.sandboxHostile = sandboxHostile
    options.pageSize = pageSize
    options.config = config
  }
}
