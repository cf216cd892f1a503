internal import ArgumentParser

/// `kfaudit template`: what has to do with the page's templates.
struct TemplateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: "Write the built-in templates to a folder, to edit them.",
    discussion: TemplateWriteCommand.configuration.discussion,
    subcommands: [TemplateWriteCommand.self], defaultSubcommand: TemplateWriteCommand.self)
}
