internal import ArgumentParser
private import AuditModel
private import AuditPacks

/// `kfaudit bundle`: one file of a pack.
struct BundleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle",
    abstract: "Write a pack as one .zip file, for a ticket or an evidence register.",
    usage: "kfaudit bundle <pack> [<options>]",
    discussion: """
      The file is called kfaudit_<host>_<period>_<as-of date>.zip. Its path is printed to stdout, its size to stderr. A file \
      that exists is never replaced, and a pack that was altered is refused (65). The same pack gives the same bytes. \
      Every command that reads a pack also reads this file, without unpacking it.

      EXAMPLES:
        kfaudit bundle kfaudit-archive/latest
        kfaudit bundle kfaudit-archive/latest --out evidence.zip
        kfaudit verify evidence.zip
      """)

  @Argument(help: .pack, completion: .pack) var pack: String

  @Option(
    help: ArgumentHelp(
      "File to write. (default: named after the pack, in the current folder)", valueName: "file"),
    completion: .pack)
  var out: String?

  @OptionGroup var console: ConsoleOptions

  func run() async throws {
    try await console.answering { log in
      let bundle = try await BundleRun(pack: pack, out: out, workers: .processors).run()
      log.info(bundle.notice)
      try StandardOutput.write(line: bundle.path)
      return .complete
    }
  }
}
