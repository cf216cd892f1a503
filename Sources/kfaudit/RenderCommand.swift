internal import ArgumentParser
private import AuditModel
private import AuditPacks
private import AuditPlan
private import AuditRun
private import Foundation

/// `kfaudit render`: the reports of a pack once more.
struct RenderCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Rebuild the reports of a pack from its raw pages, offline.",
    usage: """
      kfaudit render <pack> --out <folder> [<options>]
      """,
    discussion: """
      Without --format it makes the formats that the pack holds, with the template that the pack was made \
      with: then the files are the pack's, to the byte. stdout carries one line, the folder.

      EXAMPLES:
        kfaudit render kfaudit-archive/latest --out reports
        # In house colours:
        kfaudit render kfaudit-archive/latest --out reports \\
          --format html --template house-style
        # For readers who are not to know users, subjects and hosts:
        kfaudit render kfaudit-archive/latest --out twin --pseudonymise key.txt
      """)

  @Argument(
    help: ArgumentHelp("The folder of the pack.", valueName: "pack"),
    completion: .directory)
  var pack: String

  @Option(
    help: ArgumentHelp(
      "The folder that the files are put into.",
      valueName: "folder"),
    completion: .directory)
  var out: String

  @Option(
    help: ArgumentHelp(
      "Which files, separated by commas. (values: \(NameList.formats.text); default: those of the pack)",
      valueName: "list"),
    completion: NameList.formats.completion)
  var format: String?

  @Option(
    help: ArgumentHelp(
      "Templates instead of those that the pack was made with.",
      valueName: "folder"),
    completion: .directory)
  var template: String?

  @Option(
    help: ArgumentHelp(
      "Gates and exceptions in YAML instead of the pack's; when a gate fails, the exit status is 1.",
      valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var policy: String?

  @Option(
    help: ArgumentHelp(
      "Write users, subjects and hosts as tokens keyed by this file, for a wide ticket; openssl rand -hex 32 makes one.",
      valueName: "file"),
    completion: .file())
  var pseudonymise: String?

  @OptionGroup var console: ConsoleOptions

  func validate() throws {
    if out.isEmpty { throw ValidationError("--out: the path is empty; name a folder.") }
  }

  func run() async throws {
    let log = console.log
    try await console.answering {
      var options = RenderRun.Options(out: out)
      options.format = format
      options.template = template
      options.policy = policy
      options.pseudonyms = try pseudonymise.map { try PseudonymKey.read($0, in: .process) }
      let status = try await RenderRun(
        pack: pack, options: options,
        workers: ProcessInfo.processInfo.activeProcessorCount, notice: log.notice
      ).run()
      try StandardOutput.write(line: out)
      return status
    }
  }
}
