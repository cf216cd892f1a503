package import AuditEvidence
package import AuditModel

extension Archive {
  /// What a run finds in an archive before it publishes there.
  package struct Earlier {
    /// The folder of the pack that the new one follows; `nil` when it follows none.
    package var newest: String?
    /// The record of a new chain, where one begins although there are packs.
    package var restart: ManifestDocument.ChainRestart?
    /// What deserves to be known of it, in the report as well.
    package var findings: [Notice] = []
    /// Which names are not packs, a sentence.
    package var notice: String?

    /// Knows the pack that is followed.
    package init(newest: String?, notice: String? = nil) {
      self.newest = newest
      self.notice = notice
    }
  }

  /// Finds the newest pack that is there: the chain knows it, wherever `latest` points.
  ///
  /// - Throws: when the archive or one of its packs cannot be read, since the chain would begin anew unnoticed.
  package func earlier() throws(ArchiveError) -> Earlier {
    let found = try ArchiveLinks(of: path)
    let newest = try found.chain().newest
    var earlier = Earlier(newest: newest.map { "\(path)/\($0.name)" }, notice: found.notice)
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
  package func restart() throws(ArchiveError) -> Earlier {
    let found = try ArchiveLinks(of: path)
    let closed = found.closed.map(\.name)
    let newest = closed.isEmpty ? PackChain(found.links).newest : nil
    var earlier = Earlier(newest: nil, notice: found.notice)
    let words: String
    if let newest {
      words = "it does not follow \(newest.name) of manifest \(newest.manifest)."
    } else if !closed.isEmpty {
      words = "earlier packs cannot be read: \(closed.joined(separator: ", "))."
    } else if !found.unreadable.isEmpty {
      words = "no manifest of the earlier packs can be understood."
    } else {
      return earlier
    }
    earlier.restart = .init(
      after: newest.map { .init(path: $0.name, manifest: $0.manifest) }, unreadable: closed)
    earlier.findings = [
      .init(
        .chainRestarted, "This pack begins a new chain, as --restart-chain asks: \(words)")
    ]
    return earlier
  }

  private static func unavailable(_ text: String) -> Notice { Notice(.previousUnavailable, text) }

  /// The pack that `latest` points at, when it is gone.
  private func goneTarget() throws(ArchiveError) -> String? {
    let latest = "\(path)/latest"
    let target = try FileSystem.target(of: latest)
    guard let target, PackName(target) != nil else { return nil }
    return try FileSystem.exists("\(path)/\(target)", else: ArchiveError.cannotRead) ? nil : target
  }
}
