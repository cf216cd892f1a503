internal import ArgumentParser
private import AuditFiles
private import AuditModel
private import AuditPacks
private import AuditRun

/// `kfaudit verify`: whether a pack is still what was published.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract:
      "Check that a pack or an archive has not been altered, and recompute it from the raw responses.",
    usage: """
      kfaudit verify <pack> [<options>]
      kfaudit verify --chain <folder> [<options>]
      kfaudit verify --proof <file> --root <hex> [<options>]
      kfaudit verify <pack> --proof <file> [<options>]
      """,
    discussion: """
      Compares every file with SHA256SUMS and manifest.json, checks the chain of the journal, the raw responses \
      and the signature, then recomputes every file from the raw responses and compares each byte. Prints a \
      table, or JSON, to stdout. The exit status is 0 if nothing was altered, else 65.

      EXAMPLES:
        kfaudit verify kfaudit-archive/latest
        # With a signer whose certificate this authority issued:
        kfaudit verify kfaudit-archive/latest --ca-file audit-ca.pem
        # Every pack of an archive, and that each follows the one before:
        kfaudit verify --chain kfaudit-archive
        # The same, after retention has removed the packs before the oldest:
        kfaudit verify --chain kfaudit-archive \\
          --after 9c1b185a5c5e9fc54612808977ee8f548b2258d31b2f1a8a5d4d6c7f3e2b1a09
        # One instance that kfaudit proof wrote, with the root on the report's cover:
        kfaudit verify --proof row.json \\
          --root 0f343b0931126a20f133d67c2b018a3b7e1e3b9a1f2b1f6d0c7a4f5e8d9c0b1a
        # The same with the pack, which also recomputes the normalised row:
        kfaudit verify kfaudit-archive/latest --proof row.json
      """)

  @Argument(help: .pack, completion: .pack) var pack: String?

  @Option(
    help: ArgumentHelp(
      "Check every pack of this archive instead, and that each follows the one before.",
      valueName: "folder"), completion: .directory)
  var chain: String?

  @Option(
    help: ArgumentHelp(
      "With --chain: SHA-256 of the manifest.json that the oldest pack follows, if retention has removed it.",
      valueName: "hex"))
  var after: String?

  @Option(
    help: ArgumentHelp(
      "Check this file of kfaudit proof; needs --root, or the pack, or both.", valueName: "file"),
    completion: .file())
  var proof: String?

  @Option(
    help: ArgumentHelp(
      "Expected Merkle root: 64 hexadecimal digits, as in the footer of the report.",
      valueName: "hex"))
  var root: String?

  @Flag(help: "Check digests, journal and signature only; recompute nothing.")
  var digestsOnly = false

  @Option(help: .format) var format = TextFormat.text

  @Option(
    help: ArgumentHelp("Trusted certificates and revocation lists, in PEM.", valueName: "file"),
    completion: .file())
  var caFile: String?

  @Option(
    help: ArgumentHelp("Trusted signers: an OpenSSH allowed_signers file.", valueName: "file"),
    completion: .file())
  var allowedSigners: String?

  @Option(
    help: ArgumentHelp(
      "Accept only this signer: a subject (RFC 4514), or the SHA-256 of a certificate or key.",
      valueName: "who"))
  var signer: String?

  @Option(
    help: ArgumentHelp(
      "Evaluate the signature as of this time: 2026-11-01T00:00:00Z. (default: now)",
      valueName: "instant"))
  var at: String?

  @OptionGroup var console: ConsoleOptions

  /// Refuses a command line that leaves open what is to be verified.
  private func check() throws {
    guard chain == nil ? pack != nil || proof != nil : pack == nil && proof == nil else {
      throw CommandError(.nothingToVerify)
    }
    guard after == nil || chain != nil else {
      throw CommandError(
        .optionIncomplete, "--after", "--chain", "It is where a chain begins: add --chain.")
    }
    guard root == nil || proof != nil else {
      throw CommandError(
        .optionIncomplete, "--root", "--proof", "It is where a proof leads: add --proof.")
    }
    guard proof == nil || root != nil || pack != nil else {
      throw CommandError(.proofNeedsRoot)
    }
    if let root,
      root.utf8.count != 64 || root.utf8.contains(where: { $0.hexadecimalValue == nil })
    {
      throw CommandError(.invalidRoot, NamedValue.shown(root))
    }
  }

  func run() async throws {
    try await console.answering { log in
      try check()
      let verifier = VerifyRun(
        try VerifySettings(
          caFile: caFile, allowedSigners: allowedSigners, signer: signer, at: at, after: after,
          digestsOnly: digestsOnly, workers: .processors, in: .process))
      let found: VerifyRun.Answer
      if let proof {
        found = .init(verifications: [
          try ProofCheck(proof, root: root?.lowercased(), pack: pack).run()
        ])
      } else if let chain {
        found = try await verifier.chain(chain)
      } else {
        found = try await verifier.pack(pack ?? "")
      }
      if let notice = found.notice { log.detail(notice) }
      try StandardOutput.write(line: format == .json ? found.json() : found.table)
      for reason in found.obstacles { log.error(reason) }
      return found.exitStatus
    }
  }
}

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
      let proof = try await ProofRun(workers: .processors).proof(of: id, in: pack)
      try StandardOutput.write(proof, or: out)
      return .complete
    }
  }
}
