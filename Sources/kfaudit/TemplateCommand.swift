internal import ArgumentParser
private import AuditModel
private import AuditReport

/// `kfaudit template write`: writes the built-in templates.
struct TemplateWriteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "write",
    abstract: "Write the built-in templates to a folder, to edit them.",
    usage: """
      kfaudit template write <folder>
      """,
    discussion: """
      Edit the files, then pass the folder to run or render with --template. Existing files are not changed. \
      Prints one line to stdout, the folder.

      EXAMPLES:
        kfaudit template write house-style
        kfaudit run --sandbox --template house-style
      """)

  @Argument(
    help: ArgumentHelp(
      "Folder to write to; it is created if it does not exist.", valueName: "folder"),
    completion: .directory)
  var folder: String?

  @Option(
    help: ArgumentHelp(
      "The same, as an option.",
      valueName: "folder"),
    completion: .directory)
  var out: String?

  func validate() throws {
    guard let named = folder ?? out, folder == nil || out == nil else {
      throw ValidationError("Name one folder: kfaudit template write house-style (or --out).")
    }
    if named.isEmpty {
      throw ValidationError(
        "\(folder == nil ? "--out" : "<folder>"): the path is empty; name a folder.")
    }
  }

  func run() async throws {
    guard let named = folder ?? out else { return }
    try await CommandWork(log: StandardError.plainLog).run {
      try TemplateExport.write(to: named)
      try StandardOutput.write(line: named)
      return .complete
    }
  }
}

/// `kfaudit template`: what has to do with the page's templates.
struct TemplateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: "Write the built-in templates to a folder, to edit them.",
    discussion: TemplateWriteCommand.configuration.discussion,
    subcommands: [TemplateWriteCommand.self], defaultSubcommand: TemplateWriteCommand.self)
}
