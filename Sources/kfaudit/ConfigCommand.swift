internal import ArgumentParser
private import AuditModel
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
