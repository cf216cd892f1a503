internal import ArgumentParser
private import AuditModel
private import AuditPacks
private import AuditRun
private import Foundation

/// `kfaudit merge`: one report over several packs.
struct MergeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Combine packs of several servers or windows into one report.",
    usage: "kfaudit merge <pack> ... --out <folder> [<options>]",
    discussion: """
      The packs' raw pages are checked, read and reduced anew. An instance that several packs of a server \
      hold counts once, as the newest of them has it. report.json has every figure over all packs and, under \
      servers, over each server alone, with its packs, gaps and overlaps; the worst verdict is that of the \
      whole. stdout carries one line, the folder.

      EXAMPLES:
        # A quarter of one server:
        kfaudit merge kfaudit-archive/2026-10-01_2026-11-01 \\
          kfaudit-archive/2026-11-01_2026-12-01 \\
          kfaudit-archive/2026-12-01_2027-01-01 --out quarter
        # The last month of every site:
        kfaudit merge sites/*/latest --out fleet --time-zone UTC
      """)

  @Argument(
    help: ArgumentHelp("The folders of the packs, in any order.", valueName: "pack"),
    completion: .directory)
  var packs: [String]

  @Option(
    help: ArgumentHelp(
      "The folder of the report, which must not be there yet, or be empty.", valueName: "folder"),
    completion: .directory)
  var out: String

  @Option(
    help: ArgumentHelp(
      "Which files, separated by commas, of csv, json, html, markdown, metrics. (default: csv,json,html)",
      valueName: "list"))
  var format: String?

  @Option(
    help: ArgumentHelp(
      "Which metrics, separated by commas. (default: all whose memory does not grow with the instances)",
      valueName: "list"),
    completion: NameList.metrics.completion)
  var metrics: String?

  @Option(
    help: ArgumentHelp(
      "A configuration in YAML instead of those that the packs were made with.",
      valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var config: String?

  @Option(
    help: ArgumentHelp(
      "The zone of days and printed local times, instead of that of the packs.", valueName: "zone"))
  var timeZone: String?

  @Option(
    help: ArgumentHelp("Templates instead of the built-in ones.", valueName: "folder"),
    completion: .directory)
  var template: String?

  @OptionGroup var console: ConsoleOptions

  func validate() throws {
    if out.isEmpty { throw ValidationError("--out: the path is empty; name a folder.") }
  }

  func run() async throws {
    let log = console.log
    try await console.answering {
      var options = MergeRun.Options(out: out)
      options.format = format
      options.metrics = metrics
      options.config = config
      options.timeZone = timeZone
      options.template = template
      _ = try await MergeRun(
        packs: packs, options: options,
        workers: ProcessInfo.processInfo.activeProcessorCount, notice: log.notice
      ).run()
      try StandardOutput.write(line: out)
      return .complete
    }
  }
}
