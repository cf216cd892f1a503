internal import ArgumentParser
private import AuditFiles
private import AuditModel
private import AuditPacks

/// `kfaudit diff`: what differs between two packs.
struct DiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare two packs.",
    usage: "kfaudit diff <old> <new> [<options>]",
    discussion: """
      Compares populations; instances that appeared, disappeared, moved or changed after they had finished; figures, \
      with confidence intervals of their differences; failure categories, workflow definitions and titles that only \
      one pack has. The exit status is 0 whether or not anything differs.

      EXAMPLES:
        kfaudit diff kfaudit-archive/2026-10-01_2026-11-01 kfaudit-archive/latest
        # For a ticket:
        kfaudit diff kfaudit-archive/2026-10-01_2026-11-01 kfaudit-archive/latest \\
          --format markdown --out changes.md
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case markdown
  }

  @Argument(
    help: ArgumentHelp("Earlier pack: its folder, or a .zip file of it.", valueName: "old"),
    completion: .pack)
  var old: String

  @Argument(
    help: ArgumentHelp("Later pack: its folder, or a .zip file of it.", valueName: "new"),
    completion: .pack)
  var new: String

  @Option(help: .format) var format = Format.text

  @Option(help: .out("the result"), completion: .file()) var out: String?

  @OptionGroup var console: ConsoleOptions

  func run() async throws {
    try await console.answering { _ in
      if let out { try OutputGuard.check(out) }
      let difference = try await DiffRun(old: old, new: new, workers: .processors).run()
      let bytes =
        switch format {
        case .text: difference.text
        case .json: try difference.json()
        case .markdown: difference.markdown
        }
      try StandardOutput.write(bytes, or: out)
      return .complete
    }
  }
}
