internal import ArgumentParser
private import AuditFiles
private import AuditModel
private import AuditPacks

/// `kfaudit sample`: an auditor's sample that anyone can draw again.
struct SampleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Draw an auditor's sample from a pack; anyone can draw it again.",
    usage: """
      kfaudit sample <pack> --size <n> [<options>]
      kfaudit sample <pack> --rate <share> [<options>]
      kfaudit sample <pack> --rule <name> [<options>]
      """,
    discussion: """
      The seed is the SHA-256 of the pack's manifest.json, and an instance's rank SHA-256 of \
      "<seed>:<reference id>": the instances of lowest rank are the sample. Prints a worksheet to stdout, CSV \
      with blank columns for the tester.

      EXAMPLES:
        kfaudit sample kfaudit-archive/latest --size 25 --out worksheet.csv
        # 3% of each workflow type, and everything that failed or was rejected:
        kfaudit sample kfaudit-archive/latest --rule br-8.7 \\
          --stratify workflow_type --include failed,rejected
      """)

  @Argument(help: .pack, completion: .pack) var pack: String

  @Option(help: ArgumentHelp("Sample size.", valueName: "n")) var size: String?

  @Option(
    help: ArgumentHelp(
      "Share of each stratum, at least one instance: 0.03 or 3%.", valueName: "share"))
  var rate: String?

  @Option(
    help: ArgumentHelp("br-8.7: 3% of each stratum, at least one instance.", valueName: "name"),
    completion: .list(["br-8.7"]))
  var rule: String?

  @Option(
    help: ArgumentHelp(
      "Column of instances.csv whose values are the strata, such as workflow_type.",
      valueName: "column"))
  var stratify: String?

  @Option(
    help: ArgumentHelp(
      "Also include every instance with one of these statuses or outcomes. (values: \(NameList.outcomes.text))",
      valueName: "list"), completion: NameList.outcomes.completion)
  var include: String?

  @Option(help: .out("the worksheet"), completion: .file()) var out: String?

  @OptionGroup var console: ConsoleOptions

  func run() async throws {
    try await console.answering { log in
      if let out { try OutputGuard.check(out) }
      let options = try SampleOptions(
        size: size, rate: rate, rule: rule, stratum: stratify, include: include)
      let sample = try await SampleRun(pack: pack, options: options, workers: .processors).run()
      try StandardOutput.write(sample.worksheet, or: out)
      log.info("\(sample.drawn) of \(sample.population) instances.")
      return .complete
    }
  }
}
