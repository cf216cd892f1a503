internal import ArgumentParser
private import AuditRun

/// `kfaudit template`: what has to do with the page's templates.
struct TemplateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: "Write the built-in templates to a folder, to edit them.",
    discussion: """
      Edit the files, then use them:
        kfaudit template write house-style
        kfaudit run --template house-style …
      Files that are there already are left alone.
      """,
    subcommands: [TemplateWriteCommand.self], defaultSubcommand: TemplateWriteCommand.self)
}
