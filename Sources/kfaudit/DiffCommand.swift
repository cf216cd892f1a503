internal import ArgumentParser
private import AuditModel
private import AuditRun
private import Foundation

/// `kfaudit diff`: what differs between two packs.
struct DiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare two packs.",
    discussion: """
      Populations, instances that appeared, disappeared, moved or changed after they had ended, figures with the \
      intervals of their differences, and failure classes, definitions and titles that only one pack holds. \
      Answers 0 whether or not anything differs.

        kfaudit diff archive/2026-10-01_2026-11-01 archive/latest
        kfaudit diff old new --format markdown --out changes.md
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case markdown
  }

  @Argument(help: ArgumentHelp("The earlier pack's folder.", valueName: "old"))
  var old: String

  @Argument(help: ArgumentHelp("The later pack's folder.", valueName: "new"))
  var new: String

  @Option(help: ArgumentHelp("text, json or markdown.", valueName: "format"))
  var format = Format.text

  @Option(help: ArgumentHelp("Where it goes; default stdout.", valueName: "file"))
  var out: String?

  @OptionGroup(title: "Console") var console: ConsoleOptions

  func run() async throws {
    try await console.answering {
      let difference = try await DiffRun(
        old: old, new: new, workers: ProcessInfo.processInfo.activeProcessorCount
      ).run()
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
