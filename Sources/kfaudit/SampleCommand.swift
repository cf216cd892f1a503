internal import ArgumentParser
private import AuditModel
private import AuditRun
private import Foundation

/// `kfaudit sample`: an auditor's sample that anyone can draw again.
struct SampleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Draw an auditor's sample from a pack, redrawable by anyone.",
    discussion: """
      The seed is the SHA-256 of the pack's manifest.json, and an instance's rank SHA-256 of \
      "<seed>:<reference id>": the instances of lowest rank are the sample. stdout carries a worksheet, CSV \
      with blank columns for the tester.

        kfaudit sample archive/latest --size 25 --out worksheet.csv
        kfaudit sample archive/latest --rule br-8.7 --stratify workflow_type --include failed,rejected
      """)

  @Argument(help: ArgumentHelp("The pack's folder.", valueName: "pack"))
  var pack: String

  @Option(help: ArgumentHelp("So many instances.", valueName: "n"))
  var size: String?

  @Option(
    help: ArgumentHelp("A share of each stratum, at least one: 0.03 or 3%.", valueName: "share"))
  var rate: String?

  @Option(help: ArgumentHelp("br-8.7: three percent, at least one.", valueName: "name"))
  var rule: String?

  @Option(
    help: ArgumentHelp("A column of instances.csv whose values are strata.", valueName: "column"))
  var stratify: String?

  @Option(
    help: ArgumentHelp(
      "Statuses or outcomes of which every instance is taken besides.", valueName: "list"))
  var include: String?

  @Option(help: ArgumentHelp("Where the worksheet goes; default stdout.", valueName: "file"))
  var out: String?

  @OptionGroup(title: "Console") var console: ConsoleOptions

  func run() async throws {
    let log = console.log
    try await console.answering {
      let wishes = try SampleWishes(
        size: size, rate: rate, rule: rule, stratum: stratify, include: include)
      let sample = try await SampleRun(
        pack: pack, wishes: wishes, workers: ProcessInfo.processInfo.activeProcessorCount
      ).run()
      try StandardOutput.write(sample.worksheet, or: out)
      log.notice("\(sample.drawn) of \(sample.population) instances.")
      return .complete
    }
  }
}
