internal import ArgumentParser
private import AuditFiles
private import AuditModel
private import AuditPacks
private import AuditRun
private import Foundation

/// `kfaudit sample`: an auditor's sample that anyone can draw again.
struct SampleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Draw an auditor's sample from a pack, redrawable by anyone.",
    usage: """
      kfaudit sample <pack> --size <n> [<options>]
      kfaudit sample <pack> --rate <share> [<options>]
      kfaudit sample <pack> --rule <name> [<options>]
      """,
    discussion: """
      The seed is the SHA-256 of the pack's manifest.json, and an instance's rank SHA-256 of \
      "<seed>:<reference id>": the instances of lowest rank are the sample. stdout carries a worksheet, CSV \
      with blank columns for the tester.

      EXAMPLES:
        kfaudit sample kfaudit-archive/latest --size 25 --out worksheet.csv
        # Three percent of each workflow type, and whatever failed:
        kfaudit sample kfaudit-archive/latest --rule br-8.7 \\
          --stratify workflow_type --include failed,rejected
      """)

  @Argument(
    help: ArgumentHelp("The folder of the pack.", valueName: "pack"),
    completion: .directory)
  var pack: String

  @Option(
    help: ArgumentHelp(
      "So many instances.",
      valueName: "n"))
  var size: String?

  @Option(
    help: ArgumentHelp(
      "A share of each stratum, at least one: 0.03 or 3%.",
      valueName: "share"))
  var rate: String?

  @Option(
    help: ArgumentHelp(
      "br-8.7: three percent of each stratum, at least one.",
      valueName: "name"),
    completion: .list(["br-8.7"]))
  var rule: String?

  @Option(
    help: ArgumentHelp(
      "A column of instances.csv whose values are the strata, such as workflow_type.",
      valueName: "column"))
  var stratify: String?

  @Option(
    help: ArgumentHelp(
      "Take every instance of these statuses or outcomes besides. (values: \(NameList.outcomes.text))",
      valueName: "list"),
    completion: NameList.outcomes.completion)
  var include: String?

  @Option(
    help: ArgumentHelp(
      "Where the worksheet goes. (default: stdout)",
      valueName: "file"),
    completion: .file())
  var out: String?

  @OptionGroup var console: ConsoleOptions

  func run() async throws {
    let log = console.log
    try await console.answering {
      if let out { try OutputGuard.check(out) }
      let options = try SampleOptions(
        size: size, rate: rate, rule: rule, stratum: stratify, include: include)
      let sample = try await SampleRun(
        pack: pack, options: options, workers: ProcessInfo.processInfo.activeProcessorCount
      ).run()
      try StandardOutput.write(sample.worksheet, or: out)
      log.notice("\(sample.drawn) of \(sample.population) instances.")
      return .complete
    }
  }
}
