internal import ArgumentParser
private import AuditFiles
private import AuditModel
private import AuditPacks
private import AuditPlan
import AuditRun

/// `kfaudit config`: the effective settings.
struct ConfigCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Show the effective settings, and where each value comes from.",
    discussion: ConfigShowCommand.configuration.discussion,
    subcommands: [ConfigShowCommand.self], defaultSubcommand: ConfigShowCommand.self)
}

/// `kfaudit config show`: every setting with its origin.
struct ConfigShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract:
      "Print every setting, its value and where it comes from; secrets are shown as set, never printed.",
    usage: "kfaudit config show [<options>]",
    discussion: """
      Takes the options of kfaudit run. Options override the environment, the environment overrides a profile, and \
      all of them override the configuration file. Prints to stderr what a run would refuse, and ends with the exit \
      status of such a run. Sends nothing to a server.

      EXAMPLES:
        kfaudit config show --sandbox --config kfaudit.yaml
        kfaudit config show --server https://keyfactor.example.com \\
          --period last-month --json
      """)

  @OptionGroup var run: RunOptions

  @Flag(help: "Print an array of objects instead of a table.") var json = false

  func run() async throws {
    try await run.console.answering { _ in
      let shown = ConfigShow(of: run.options, in: .process)
      try StandardOutput.write(line: json ? shown.json() : shown.table)
      if let failure = shown.failure { throw failure }
      return .complete
    }
  }
}

/// `kfaudit suggest`: a configuration from what a pack holds, and bounds for a policy from it or from an archive.
struct SuggestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggest",
    abstract: "Propose settings and policy checks from what packs hold; change nothing.",
    usage: "kfaudit suggest <path> [<options>]",
    discussion: """
      Groups titles that were not recognised and messages of failures that were not classified by the words they \
      share, finds users that behave like programs, and prints YAML for the configuration, with what each \
      proposal rests on. Bounds for a policy follow as comments: from the pack, or from up to 30 packs of an archive, \
      whose newest is then the pack that is looked at. Read it before you use it.

      EXAMPLES:
        kfaudit suggest kfaudit-archive
        kfaudit suggest kfaudit-archive/latest --out proposals.yaml
      """)

  @Argument(
    help: ArgumentHelp("A pack, as folder or .zip, or an archive of packs.", valueName: "path"),
    completion: .file())
  var path: String

  @Option(help: .out("the proposals"), completion: .file()) var out: String?

  @OptionGroup var console: ConsoleOptions

  func run() async throws {
    try await console.answering { log in
      if let out { try OutputGuard.check(out) }
      let (yaml, proposals) = try await SuggestRun(path: path, workers: .processors).run()
      try StandardOutput.write(Array(yaml.utf8), or: out)
      log.info("\(Counted(proposals, "proposal").start).")
      return .complete
    }
  }
}
