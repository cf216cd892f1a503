internal import ArgumentParser
private import AuditRun

/// `kfaudit template write`: writes the built-in templates.
struct TemplateWriteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "write",
    abstract: "Write the built-in templates to a folder, to edit them.",
    discussion: """
      Edit the files, then use them:
        kfaudit template write house-style
        kfaudit run --template house-style …
      Files that are there already are left alone.
      """)

  @Argument(
    help: ArgumentHelp("The folder; it is created when there is none.", valueName: "folder"))
  var folder: String?

  @Option(help: ArgumentHelp("The folder, for scripts that name it so.", valueName: "folder"))
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

  func run() throws {
    guard let named = folder ?? out else { return }
    try TemplateExport.write(to: named)
    try StandardOutput.write(line: named)
  }
}
