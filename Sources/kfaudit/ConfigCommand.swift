internal import ArgumentParser
private import AuditModel
private import AuditPlan
import AuditRun

/// `kfaudit config`: what is in force.
struct ConfigCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Show what configuration is in force, and where each value comes from.",
    discussion: ConfigShowCommand.configuration.discussion,
    subcommands: [ConfigShowCommand.self], defaultSubcommand: ConfigShowCommand.self)
}

/// `kfaudit config show`: every setting with its origin.
struct ConfigShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract:
      "Print every setting, where it comes from and its value; secrets are only said to be set.",
    usage: "kfaudit config show [<options>]",
    discussion: """
      Takes the options of kfaudit run. Options win over the environment, the environment over a profile, and all \
      of them over the configuration file. What a run would refuse stands on stderr, and the exit status is the one \
      that it would end with; nothing is asked of a server.

      EXAMPLES:
        kfaudit config show --sandbox --config kfaudit.yaml
        kfaudit config show --server https://keyfactor.example.com \\
          --period last-month --json
      """)

  @OptionGroup var run: RunOptions

  @Flag(help: "Write an array of objects instead of a table.")
  var json = false

  func run() async throws {
    try await run.console.answering {
      let shown = ConfigShow(of: run.options, in: .process)
      try StandardOutput.write(line: json ? shown.json() : shown.table)
      if let failure = shown.failure { throw failure }
      return .complete
    }
  }
}
