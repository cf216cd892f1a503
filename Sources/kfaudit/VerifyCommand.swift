internal import ArgumentParser
private import AuditModel
private import AuditRun
private import Foundation

/// `kfaudit verify`: whether a pack is still what was published.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract:
      "Say whether a pack, or a chain of packs, is still what was published, and recompute it.",
    discussion: """
      Holds every file against SHA256SUMS and manifest.json, the journal's chain and the raw pages against \
      each other, checks the signature, then parses, normalises, reduces and renders the raw pages again and \
      compares every byte. stdout carries a table, or JSON. Answers 0 when all is as it was published, else 65.

        kfaudit verify archive/latest
        kfaudit verify archive/latest --ca-file audit-ca.pem
        kfaudit verify --chain archive
        kfaudit verify --chain archive --after 9c1b…
        kfaudit verify --proof row.json --root 3f2a…
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  @Argument(help: ArgumentHelp("The pack's folder.", valueName: "pack"))
  var pack: String?

  @Option(
    help: ArgumentHelp(
      "An archive: every pack in it, and that each follows the one before.", valueName: "folder"))
  var chain: String?

  @Option(
    help: ArgumentHelp(
      "With --chain: the SHA-256 of the manifest.json that the oldest pack follows, which retention removed.",
      valueName: "hex"))
  var after: String?

  @Option(
    help: ArgumentHelp("Instead: a file that kfaudit proof wrote; needs --root.", valueName: "file")
  )
  var proof: String?

  @Option(
    help: ArgumentHelp("The Merkle root that one knows, 64 hexadecimal digits.", valueName: "hex"))
  var root: String?

  @Flag(help: "Digests, journal and signature only: nothing is computed again.")
  var digestsOnly = false

  @Option(help: ArgumentHelp("text or json.", valueName: "format"))
  var format = Format.text

  @Option(
    help: ArgumentHelp(
      "Whom to trust: certificates, and revocation lists, in PEM.", valueName: "file"))
  var caFile: String?

  @Option(
    help: ArgumentHelp("Whom to trust: OpenSSH keys, as ssh-keygen has them.", valueName: "file"))
  var allowedSigners: String?

  @Option(
    help: ArgumentHelp(
      "Judge the signature as of then: 2026-11-01T00:00:00Z.", valueName: "instant"))
  var at: String?

  @OptionGroup(title: "Console") var console: ConsoleOptions

  func validate() throws {
    guard [pack, chain, proof].compactMap({ $0 }).count == 1 else {
      throw ValidationError("Name one pack, or an archive with --chain, or a proof with --proof.")
    }
    guard after == nil || chain != nil else {
      throw ValidationError("--after says where a chain begins, so that it needs --chain.")
    }
    guard (proof == nil) == (root == nil) else {
      throw ValidationError(
        "--proof and --root come together: the root is the one thing that a proof needs.")
    }
  }

  func run() async throws {
    try await console.answering {
      let verifier = VerifyRun(
        try VerifySettings(
          caFile: caFile, allowedSigners: allowedSigners, at: at, after: after,
          digestsOnly: digestsOnly, workers: ProcessInfo.processInfo.activeProcessorCount,
          in: .process))
      let found: VerifyRun.Answer
      if let proof, let root {
        found = .init(verifications: [
          try ProofRun(workers: 1).check(proof, root: root.lowercased())
        ])
      } else if let chain {
        found = try await verifier.chain(chain)
      } else {
        found = try await verifier.pack(pack ?? "")
      }
      try StandardOutput.write(line: format == .json ? found.json() : found.table)
      return found.exitStatus
    }
  }
}
