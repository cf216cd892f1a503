internal import ArgumentParser

/// `kfaudit config`: what is in force.
struct ConfigCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Show what configuration is in force, and where each value comes from.",
    discussion: ConfigShowCommand.configuration.discussion,
    subcommands: [ConfigShowCommand.self], defaultSubcommand: ConfigShowCommand.self)
}
