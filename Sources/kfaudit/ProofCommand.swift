internal import ArgumentParser
private import AuditFiles
private import AuditModel
private import AuditPacks
private import AuditRun
private import Foundation

/// `kfaudit proof`: one row of a pack, and that it is one of it.
struct ProofCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "proof",
    abstract: "Write one row of a pack with its inclusion proof.",
    usage: """
      kfaudit proof <pack> --id <id> [<options>]
      """,
    discussion: """
      A ticket about one certificate carries one row and not the night. Whoever knows the pack's Merkle root \
      (it stands on the cover of the report, in manifest.json and in the footer of the page) checks it with \
      kfaudit verify --proof.

      EXAMPLES:
        kfaudit proof kfaudit-archive/latest --id 4711
        kfaudit proof kfaudit-archive/latest --id 4711 --out row.json
      """)

  @Argument(
    help: ArgumentHelp("The folder of the pack.", valueName: "pack"),
    completion: .directory)
  var pack: String

  @Option(
    help: ArgumentHelp(
      "The instance: its reference id or its GUID.",
      valueName: "id"))
  var id: String

  @Option(
    help: ArgumentHelp(
      "Where the proof goes. (default: stdout)",
      valueName: "file"),
    completion: .file())
  var out: String?

  @OptionGroup var console: ConsoleOptions

  func run() async throws {
    try await console.answering {
      if let out { try OutputGuard.check(out) }
      let proof = try await ProofRun(
        workers: ProcessInfo.processInfo.activeProcessorCount
      ).proof(of: id, in: pack)
      try StandardOutput.write(proof, or: out)
      return .complete
    }
  }
}
