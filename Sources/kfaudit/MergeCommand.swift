internal import ArgumentParser
private import AuditModel
private import AuditPacks
internal import AuditPlan

/// `kfaudit merge`: one report over several packs.
struct MergeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Combine packs of several servers or periods into one report.",
    usage: "kfaudit merge <pack> ... --out <folder> [<options>]",
    discussion: """
      Checks the packs' raw responses and computes the report from them. An instance that several packs of a server \
      contain counts once, as the newest of them has it. report.json has every figure over all packs and, under \
      servers, over each server alone, with its packs, gaps and overlaps. The worst verdict counts for the \
      whole. Prints one line to stdout, the folder.

      EXAMPLES:
        # A quarter of one server:
        kfaudit merge kfaudit-archive/2026-10-01_2026-11-01 \\
          kfaudit-archive/2026-11-01_2026-12-01 \\
          kfaudit-archive/2026-12-01_2027-01-01 --out quarter
        # The last month of every site:
        kfaudit merge sites/*/latest --out fleet --time-zone UTC
      """)

  @Argument(
    help: ArgumentHelp(
      "Packs in any order: their folders, or .zip files of them.", valueName: "pack"),
    completion: .pack)
  var packs: [String]

  @Option(
    help: ArgumentHelp("Folder of the report; it must be new or empty.", valueName: "folder"),
    completion: .directory)
  var out: String

  @OptionGroup var settings: SettingOptions<MergeSettings>
  @OptionGroup var console: ConsoleOptions

  func run() async throws {
    try await console.answering { log in
      if out.isEmpty { throw CommandError(.emptyPath, "--out") }
      var options = MergeRun.Options(out: out)
      options.format = settings.options.format
      options.metrics = settings.options.metrics
      options.config = settings.options.config
      options.timeZone = settings.options.timeZone
      options.template = settings.options.template
      _ = try await MergeRun(
        packs: packs, options: options, workers: .processors, warning: log.warning
      ).run()
      try StandardOutput.write(line: out)
      return .complete
    }
  }
}

/// What is asked of all packs instead of what they were made with.
enum MergeSettings: SettingGroup {
  static let settings: [any AnySetting] = [
    Settings.format.ofPack(
      choices: MergePlan.formats.map(\.rawValue),
      default: MergePlan.standardFormats.map(\.rawValue).joined(separator: ",")),
    Settings.metrics.ofPack(
      listsChoices: false, default: "all whose memory does not grow with the instances"),
    Settings.config.ofPack("Configuration file in YAML instead of the packs' own."),
    Settings.timeZone.ofPack("Time zone of days and local times, instead of the packs' own."),
    Settings.template.ofPack("brief, or a folder with a template of your own."),
  ]
}
