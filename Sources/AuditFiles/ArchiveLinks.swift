package import AuditEvidence
package import AuditModel
import Glibc

/// What lies in an archive: its packs as links of its chain, what only looks like a pack, and what is passed over.
package struct ArchiveLinks {
  /// The packs whose manifest can be understood.
  package private(set) var links: [ChainLink] = []
  /// What has the name of a pack and is none, with the reason.
  package private(set) var unreadable: [Discrepancy] = []
  /// The packs that this user, or the disk, keeps from being read, with the reason.
  package private(set) var closed: [(name: String, reason: ArchiveError)] = []
  /// Names that no pack has, but for those that kfaudit itself uses.
  package private(set) var passedOver: [String] = []

  /// Reads the manifests.
  ///
  /// - Throws: when the archive cannot be listed.
  package init(of archive: String) throws(ArchiveError) {
    let names = try FileSystem.names(in: archive, else: Self.failure)
    for name in names {
      guard let pack = PackName(name) else {
        if !Self.isOwn(name), !Self.isBundle(name) { passedOver.append(name) }
        continue
      }
      // What an unfinished read left is in no chain.
      if pack.edition == .incomplete { continue }
      do throws(ArchiveError) {
        try add(name, in: archive)
      } catch {
        closed.append((name, error))
      }
    }
  }

  /// The chain of all packs.
  ///
  /// - Throws: why a pack cannot be read, but for those that a recorded restart left behind: nobody can say without it
  ///   which pack is the newest.
  package func chain() throws(ArchiveError) -> PackChain {
    try checkClosed()
    return PackChain(links)
  }

  /// The packs that cannot be read and that a recorded restart left behind.
  package var leftBehind: [String] {
    let names = links.flatMap { $0.restart?.unreadable ?? [] }
    return closed.map(\.name).filter(names.contains)
  }

  /// Throws why a pack cannot be read, but for those that a recorded restart left behind.
  package func checkClosed() throws(ArchiveError) {
    let leftBehind = leftBehind
    if let closed = closed.first(where: { !leftBehind.contains($0.name) }) { throw closed.reason }
  }

  /// Adds a pack as a link, or why it is none; not when its name is gone, since retention may remove packs meanwhile.
  private mutating func add(_ name: String, in archive: String) throws(ArchiveError) {
    let path = "\(archive)/\(name)"
    let kind = try FileSystem.status(of: path, else: ArchiveError.unreadablePack)?.kind
    guard let kind else { return }
    guard kind == .directory else {
      return refuse(name, "it has the name of a pack, but is not a folder.")
    }
    let bytes: [UInt8]
    do throws(ArchiveError) {
      bytes = try StoredFile.read("\(path)/manifest.json", limit: FileLimit.manifest)
    } catch {
      switch error {
      case .missing: return refuse(name, "it has the name of a pack, but no manifest.json.")
      case .notAFile: return refuse(name, "its manifest.json is not a plain file.")
      case .tooLarge: return refuse(name, "its manifest.json is too large for one.")
      case .cannotRead(let path, let fault): throw .unreadablePack(path: path, fault: fault)
      default: throw error
      }
    }
    do {
      links.append(try ChainLink(name: name, manifest: bytes))
    } catch {
      refuse(name, "it has no manifest.json that can be read, so it is not a link of the chain.")
    }
  }

  private mutating func refuse(_ name: String, _ reason: String) {
    unreadable.append(.chain(pack: name, reason: reason))
  }

  /// Says that names were passed over, where somebody wants to know.
  package var notice: String? {
    passedOver.isEmpty ? nil : "not packs, passed over: \(passedOver.joined(separator: ", "))."
  }

  /// Whether kfaudit, or the script of a night, puts such a name into an archive.
  package static func isOwn(_ name: String) -> Bool {
    ["latest", ".pruned", "history.html", "history.json", "history.csv"].contains {
      name.isSame(as: $0)
    } || name.begins(with: ".kfaudit")
  }

  /// Whether a name is that of the file that holds a pack of this archive as well.
  private static func isBundle(_ name: String) -> Bool {
    name.ends(with: ".zip")
      && PackName(String(decoding: name.utf8.dropLast(4), as: UTF8.self)) != nil
  }

  private static func failure(_ path: String, _ fault: SystemError) -> ArchiveError {
    [ENOENT, ENOTDIR].contains(fault.number)
      ? .missingArchive(path: path, fault: fault) : .cannotRead(path: path, fault: fault)
  }
}

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
