internal import ArgumentParser
private import AuditModel
private import AuditReport

/// `kfaudit template write`: writes a built-in template.
struct TemplateWriteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "write",
    abstract: "Write a built-in template to a folder, to edit it.",
    usage: "kfaudit template write [report|brief] <folder>",
    discussion: """
      report is the whole report, which is written unless another is named; brief has two pages for management. \
      Edit report.html in the folder, then pass the folder to run or render with --template. Existing files are \
      not changed. Prints one line to stdout, the folder.

      EXAMPLES:
        kfaudit template write house-style
        kfaudit template write brief house-brief
        kfaudit run --sandbox --template house-style
      """)

  @Argument(
    help: ArgumentHelp(
      "Template, report unless named, then the folder to write to; it is created if it does not exist.",
      valueName: "folder"), completion: .directory)
  var words: [String] = []

  @Option(
    help: ArgumentHelp("The same, as an option.", valueName: "folder"), completion: .directory)
  var out: String?

  /// What is written where; `nil` where the words do not say.
  private var request: (template: ReportTemplate.BuiltIn, folder: String)? {
    let places = words + [out].compactMap(\.self)
    switch places.count {
    case 1: return (.report, places[0])
    case 2: return ReportTemplate.BuiltIn(rawValue: places[0]).map { ($0, places[1]) }
    default: return nil
    }
  }

  func run() async throws {
    try await CommandWork(log: StandardError.plainLog).run {
      guard let (template, folder) = request else {
        throw CommandError(.noTemplateFolder)
      }
      if folder.isEmpty {
        throw CommandError(.emptyPath, out == nil ? "<folder>" : "--out")
      }
      try TemplateExport.write(template, to: folder)
      try StandardOutput.write(line: folder)
      return .complete
    }
  }
}

/// `kfaudit template`: what has to do with the page's templates.
struct TemplateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: "Write a built-in template to a folder, to edit it.",
    discussion: TemplateWriteCommand.configuration.discussion,
    subcommands: [TemplateWriteCommand.self], defaultSubcommand: TemplateWriteCommand.self)
}
