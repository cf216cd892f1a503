internal import ArgumentParser
import AuditPlan
internal import AuditRun
private import CommandSandbox

/// Where instances come from.
struct SourceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "https://host[:port][/api/path]; plain http to loopback only. (default: KEYFACTOR_HOSTNAME; default path: /KeyfactorAPI)",
      valueName: "url"))
  var server: String?

  @Option(
    help: ArgumentHelp(
      "Instead: saved response bodies, *.json or *.json.gz, in the order of their names.",
      valueName: "folder"),
    completion: .directory)
  var pages: String?

  @Flag(help: "Hard-link saved pages into the pack rather than copy them.")
  var linkPages = false

  @Flag(help: "Instead: an embedded stand-in server on loopback.")
  var sandbox = false

  @Option(
    help: ArgumentHelp(
      "How many instances the sandbox holds. (default: \(SandboxOptions().instances))",
      valueName: "n"))
  var sandboxInstances: String?

  @Option(
    help: ArgumentHelp(
      "What the sandbox's data is drawn from. (default: \(SandboxOptions().seed))",
      valueName: "n"))
  var sandboxSeed: String?

  @Option(
    help: ArgumentHelp(
      "How many of a hundred names in the sandbox are hostile. (default: \(SandboxOptions().hostilePercent))",
      valueName: "percent"))
  var sandboxHostile: String?

  @Option(
    help: ArgumentHelp(
      "Instances a request, 1 to 1000. (default: 500)",
      valueName: "n"))
  var pageSize: String?

  @Option(
    help: ArgumentHelp(
      "Configuration in YAML. Options win over the environment, and the environment over it.",
      valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
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
