internal import ArgumentParser
private import AuditRun

/// `kfaudit template`: writes the built-in templates, to edit them.
struct TemplateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: "Write the built-in templates to a folder, to edit them.",
    discussion: """
      Edit the files, then use them:
        kfaudit template --out house-style
        kfaudit run --template house-style …
      Files that are there already are left alone.
      """)

  @Option(help: ArgumentHelp("The folder; it is created when there is none.", valueName: "folder"))
  var out: String

  func validate() throws {
    if out.isEmpty { throw ValidationError("--out: the path is empty; name a folder.") }
  }

  func run() throws {
    try TemplateExport.write(to: out)
    try StandardOutput.write(line: out)
  }
}
