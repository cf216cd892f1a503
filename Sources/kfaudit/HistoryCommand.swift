internal import ArgumentParser
private import AuditModel
private import AuditPacks

/// `kfaudit history`: the packs of an archive on one page.
struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Write one page over all packs of an archive.",
    usage: "kfaudit history <archive> [<options>]",
    discussion: """
      Writes history.html, history.json and history.csv: the verdict of each period, missing periods and broken links \
      of the chain, policy checks and since when they fail, key figures over time. Reads manifest.json and report.json \
      of each pack and checks them against SHA256SUMS; a pack that does not fit is marked, and the exit status is \
      still 0. kfaudit verify --chain checks everything else. Prints one line to stdout, the path of the page.

      EXAMPLES:
        kfaudit history kfaudit-archive
        # For an auditor, outside the archive:
        kfaudit history kfaudit-archive --out all-nights
      """)

  @Argument(
    help: ArgumentHelp("Folder that kfaudit run publishes in.", valueName: "archive"),
    completion: .directory)
  var archive: String

  @Option(
    help: ArgumentHelp(
      "Folder to write to; it is created if it does not exist. (default: the archive)",
      valueName: "folder"), completion: .directory)
  var out: String?

  @OptionGroup var console: ConsoleOptions

  func run() async throws {
    try await console.answering { log in
      if archive.isEmpty { throw CommandError(.emptyPath, "<archive>") }
      if out?.isEmpty == true { throw CommandError(.emptyPath, "--out") }
      let answer = try HistoryRun(archive: archive, out: out).run()
      for warning in answer.warnings { log.warning(warning) }
      if !answer.passedOver.isEmpty {
        log.detail("not packs, passed over: \(answer.passedOver.joined(separator: ", ")).")
      }
      log.info(answer.summary)
      try StandardOutput.write(line: answer.page)
      return .complete
    }
  }
}
