internal import ArgumentParser
private import AuditModel
private import AuditRun
private import Foundation

/// `kfaudit render`: the reports of a pack once more.
struct RenderCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Rebuild the reports of a pack from its raw pages, offline.",
    discussion: """
      Without --format it makes the formats that the pack holds, with the template that the pack was made \
      with: then the files are the pack's, to the byte. stdout carries one line, the folder.

        kfaudit render archive/latest --out reports
        kfaudit render archive/latest --out reports --format html --template house-style
        kfaudit render archive/latest --out twin --pseudonymise key
      """)

  @Argument(help: ArgumentHelp("The pack's folder.", valueName: "pack"))
  var pack: String

  @Option(help: ArgumentHelp("The folder that the files are put into.", valueName: "folder"))
  var out: String

  @Option(
    help: ArgumentHelp(
      "Of csv, json, ndjson, html, xlsx, junit, markdown and metrics; default those of the pack.",
      valueName: "list"))
  var format: String?

  @Option(
    help: ArgumentHelp("Templates instead of those the pack was made with.", valueName: "folder"))
  var template: String?

  @Option(
    help: ArgumentHelp(
      "Gates and exceptions instead of the pack's, in YAML; a breach answers 1.", valueName: "file")
  )
  var policy: String?

  @Option(
    help: ArgumentHelp(
      "Users, subjects and hosts as tokens keyed by this file: for a wide ticket.",
      valueName: "keyfile"))
  var pseudonymise: String?

  @OptionGroup(title: "Console") var console: ConsoleOptions

  func validate() throws {
    if out.isEmpty { throw ValidationError("--out: the path is empty; name a folder.") }
  }

  func run() async throws {
    let log = console.log
    try await console.answering {
      var wishes = RenderRun.Wishes(out: out)
      wishes.format = format
      wishes.template = template
      wishes.policy = policy
      wishes.pseudonyms = try pseudonymise.map { try PseudonymKey.read($0, in: .process) }
      let status = try await RenderRun(
        pack: pack, wishes: wishes, log: log,
        workers: ProcessInfo.processInfo.activeProcessorCount
      ).run()
      try StandardOutput.write(line: out)
      return status
    }
  }
}
