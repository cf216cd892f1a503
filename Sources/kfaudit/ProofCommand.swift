internal import ArgumentParser
private import AuditFiles
private import AuditModel
private import AuditPacks

/// `kfaudit proof`: one row of a pack, and that it is one of it.
struct ProofCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "proof",
    abstract: "Write one instance of a pack with the proof that it belongs to the pack.",
    usage: "kfaudit proof <pack> --id <id> [<options>]",
    discussion: """
      Attach one instance to a ticket instead of a whole pack: as the server sent it, and as kfaudit read it. Anyone who has the pack's Merkle root (on the cover \
      and in the footer of the report, and in manifest.json) can check it with kfaudit verify --proof.

      EXAMPLES:
        kfaudit proof kfaudit-archive/latest --id 4711
        kfaudit proof kfaudit-archive/latest --id 4711 --out row.json
      """)

  @Argument(help: .pack, completion: .pack) var pack: String

  @Option(help: ArgumentHelp("Instance, by its reference ID or its GUID.", valueName: "id"))
  var id: String

  @Option(help: .out("the proof"), completion: .file()) var out: String?

  @OptionGroup var console: ConsoleOptions

  func run() async throws {
    try await console.answering { _ in
      if let out { try OutputGuard.check(out) }
      let proof = try await ProofRun(
        workers: ProcessSetup.processors
      ).proof(of: id, in: pack)
      try StandardOutput.write(proof, or: out)
      return .complete
    }
  }
}
