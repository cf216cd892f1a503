internal import ArgumentParser
private import AuditModel
private import AuditPacks
private import AuditRun
private import Foundation

/// `kfaudit verify`: whether a pack is still what was published.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract:
      "Say whether a pack, or a chain of packs, is still what was published, and recompute it.",
    usage: """
      kfaudit verify <pack> [<options>]
      kfaudit verify --chain <folder> [<options>]
      kfaudit verify --proof <file> --root <hex> [<options>]
      """,
    discussion: """
      Holds every file against SHA256SUMS and manifest.json, the journal's chain and the raw pages against \
      each other, checks the signature, then parses, normalises, reduces and renders the raw pages again and \
      compares every byte. stdout carries a table, or JSON. The exit status is 0 when all is as it was \
      published, else 65.

      EXAMPLES:
        kfaudit verify kfaudit-archive/latest
        # Signed by somebody whom this authority knows:
        kfaudit verify kfaudit-archive/latest --ca-file audit-ca.pem
        # Every pack of an archive, each naming the one before:
        kfaudit verify --chain kfaudit-archive
        # The same, after retention has removed what came before the oldest:
        kfaudit verify --chain kfaudit-archive \\
          --after 9c1b185a5c5e9fc54612808977ee8f548b2258d31b2f1a8a5d4d6c7f3e2b1a09
        # One row that kfaudit proof wrote, against the root on the report's cover:
        kfaudit verify --proof row.json \\
          --root 0f343b0931126a20f133d67c2b018a3b7e1e3b9a1f2b1f6d0c7a4f5e8d9c0b1a
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  @Argument(
    help: ArgumentHelp("The folder of the pack.", valueName: "pack"),
    completion: .directory)
  var pack: String?

  @Option(
    help: ArgumentHelp(
      "Instead: an archive. Checks every pack in it, and that each follows the one before.",
      valueName: "folder"),
    completion: .directory)
  var chain: String?

  @Option(
    help: ArgumentHelp(
      "With --chain: the SHA-256 of the manifest.json that the oldest pack follows, which retention removed.",
      valueName: "hex"))
  var after: String?

  @Option(
    help: ArgumentHelp(
      "Instead: a file that kfaudit proof wrote; needs --root.",
      valueName: "file"),
    completion: .file())
  var proof: String?

  @Option(
    help: ArgumentHelp(
      "The Merkle root that one knows: 64 hexadecimal digits.",
      valueName: "hex"))
  var root: String?

  @Flag(help: "Check digests, journal and signature only, and compute nothing again.")
  var digestsOnly = false

  @Option(
    help: ArgumentHelp(
      "How the answer is written.",
      valueName: "format"))
  var format = Format.text

  @Option(
    help: ArgumentHelp(
      "Whom to trust: certificates, and revocation lists, in PEM.",
      valueName: "file"),
    completion: .file())
  var caFile: String?

  @Option(
    help: ArgumentHelp(
      "Whom to trust: OpenSSH keys, as ssh-keygen has them.",
      valueName: "file"),
    completion: .file())
  var allowedSigners: String?

  @Option(
    help: ArgumentHelp(
      "Accept this signer only: a subject (RFC 4514), or the SHA-256 of a certificate or key.",
      valueName: "who"))
  var signer: String?

  @Option(
    help: ArgumentHelp(
      "Judge the signature as of this instant: 2026-11-01T00:00:00Z. (default: now)",
      valueName: "instant"))
  var at: String?

  @OptionGroup var console: ConsoleOptions

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
    if let root,
      root.utf8.count != 64
        || !root.unicodeScalars.allSatisfy({ $0.isASCII && $0.properties.isASCIIHexDigit })
    {
      throw ValidationError(
        "--root: this is no Merkle root; give the 64 hexadecimal digits of the report's footer.")
    }
  }

  func run() async throws {
    try await console.answering {
      let verifier = VerifyRun(
        try VerifySettings(
          caFile: caFile, allowedSigners: allowedSigners, signer: signer, at: at, after: after,
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
      if let notice = found.notice { console.log.info(notice) }
      try StandardOutput.write(line: format == .json ? found.json() : found.table)
      for reason in found.obstacles { console.log.error(reason) }
      return found.exitStatus
    }
  }
}
