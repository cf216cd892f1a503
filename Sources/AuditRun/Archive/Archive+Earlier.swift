import AuditEvidence
import AuditModel

extension Archive {
  /// The code of the finding that a pack begins a new chain.
  static let restartCode = "CHAIN_RESTARTED"

  /// What a run finds in an archive before it publishes there.
  struct Earlier {
    /// The folder of the pack that the new one follows; `nil` when it follows none.
    var newest: String?
    /// The record of a new chain, where one begins although there are packs.
    var restart: ManifestDocument.ChainRestart?
    /// What deserves to be known of it, in the report as well.
    var findings: [CompletenessDocument.Finding] = []
    /// Which names are not packs, a sentence.
    var notice: String?
  }

  /// Finds the newest pack that is there: the chain knows it, wherever `latest` points.
  ///
  /// - Throws: when the archive or one of its packs cannot be read, since the chain would begin anew unnoticed.
  func earlier() throws(ArchiveError) -> Earlier {
    let found = try ArchiveLinks(of: path)
    let newest = PackChain(found.links).newest
    var earlier = Earlier(newest: newest.map { "\(path)/\($0.name)" })
    earlier.notice = found.notice
    earlier.findings = found.unreadable.map {
      Self.unavailable(
        "The archive has a pack that can be neither followed nor compared with: \($0)")
    }
    if let gone = try goneTarget() {
      earlier.findings.append(
        Self.unavailable(
          "The pack \(gone), at which latest points, is not in the archive; "
            + (newest.map { "this pack follows \($0.name)." } ?? "no earlier pack is there.")))
    }
    return earlier
  }

  /// Begins a new chain beside the packs that are there, readable or not.
  func restart() -> Earlier {
    do {
      let found = try ArchiveLinks(of: path)
      let newest = PackChain(found.links).newest
      if newest == nil, found.unreadable.isEmpty { return Earlier(notice: found.notice) }
      let after = newest.map { ManifestDocument.Previous(path: $0.name, manifest: $0.manifest) }
      return Self.restart(
        after,
        after.map { "it does not follow \($0.path) of manifest \($0.manifestSha256)." }
          ?? "no manifest of the packs in the archive can be understood.",
        found.notice)
    } catch {
      return Self.restart(nil, TerminalText.clean(error.description, limit: 200))
    }
  }

  private static func restart(
    _ after: ManifestDocument.Previous?, _ words: String, _ notice: String? = nil
  ) -> Earlier {
    Earlier(
      restart: .init(after: after),
      findings: [
        .init(
          code: restartCode,
          text: "This pack begins a new chain, as --restart-chain asks: \(words)")
      ], notice: notice)
  }

  private static func unavailable(_ text: String) -> CompletenessDocument.Finding {
    .init(code: "PREVIOUS_UNAVAILABLE", text: text)
  }

  /// The pack that `latest` points at, when it is gone.
  private func goneTarget() throws(ArchiveError) -> String? {
    let latest = "\(path)/latest"
    let target = try ArchiveError.reporting(
      ArchiveError.cannotRead, at: latest, try FileSystem.target(of: latest))
    guard let target, PackName(target) != nil else { return nil }
    let pack = "\(path)/\(target)"
    let isThere = try ArchiveError.reporting(
      ArchiveError.cannotRead, at: pack, try FileSystem.status(of: pack) != nil)
    return isThere ? nil : target
  }
}
