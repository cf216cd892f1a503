import AuditEvidence
package import AuditFiles
package import AuditModel
import AuditReduce
import Glibc

/// The packs of an archive, each read once and forgotten but for what a history shows, and their places in the chain.
struct ArchiveHistory {
  /// The packs in order, and what follows from it.
  let document: HistoryDocument
  /// Names that no pack has.
  let passedOver: [String]

  /// Reads an archive.
  ///
  /// - Throws: a ``HistoryError``, or why the archive cannot be listed.
  init(of archive: String) throws {
    if try StoredFile.kind(of: "\(archive)/\(Self.manifest)") != nil {
      throw HistoryError.isPack(path: archive)
    }
    let names = try FileSystem.names(in: archive) { path, fault -> any Error in
      fault.isOfPath
        ? HistoryError.missing(path: path, fault: fault)
        : ArchiveError.cannotRead(path: path, fault: fault)
    }
    passedOver = names.filter { PackName($0) == nil && !ArchiveLinks.isOwn($0) }
    var zones = ZoneNames()
    var packs: [ArchivedPack] = []
    for name in names.compactMap(PackName.init) {
      try Task.checkCancellation()
      // Retention may remove packs meanwhile.
      guard try StoredFile.kind(of: "\(archive)/\(name)") != nil else { continue }
      packs.append(ArchivedPack(name, in: archive, zones: &zones))
    }
    if packs.isEmpty { throw HistoryError.noPacks(path: archive) }
    document = HistoryDocument(
      toolVersion: ToolVersion.current, packs: Self.linked(packs),
      keyFigures: MetricCatalogue.keyFigures)
  }

  private static let manifest = "manifest.json"

  /// The packs with their places in the chain.
  private static func linked(_ packs: [ArchivedPack]) -> [HistoryPack] {
    let links = packs.compactMap(\.link)
    let oldest = PackChain(links).order.first
    let here = Set(links.map(\.manifest))
    // What the oldest follows was removed, or never here: nothing here tells which.
    let removed = oldest?.previous.flatMap { Digest(hexadecimal: $0.manifestSha256) }
      .flatMap { here.contains($0) ? nil : $0 }
    let chain = PackChain(links, after: removed)
    let broken = Dictionary(
      chain.discrepancies.map { discrepancy in (Name(discrepancy.path), discrepancy.reason) }
    ) { first, second in "\(first) \(second)" }
    return packs.map { archived in
      var pack = archived.pack
      guard let link = archived.link else { return pack }
      if let reason = broken[Name(link.name)] {
        pack.link = .broken(reason)
      } else if let previous = link.previous {
        pack.link =
          removed != nil && link == oldest
          ? .followsRemoved(previous.path) : .follows(previous.path)
      } else {
        pack.link = link.restart == nil ? .first : .restart
      }
      return pack
    }
  }
}

extension Discrepancy {
  /// Why it is one, without the pack.
  fileprivate var reason: String {
    if case .chain(_, let reason) = self { reason } else { description }
  }
}

/// Why no history can be made of a folder.
package enum HistoryError: AuditFailure {
  /// There is no such folder.
  case missing(path: String, fault: SystemError)
  /// The folder holds no pack.
  case noPacks(path: String)
  /// The folder is a pack itself.
  case isPack(path: String)

  /// Which folder, what is wrong with it, and what to do.
  package var message: Message {
    switch self {
    case .missing(let path, let fault):
      Message(.missingArchive, TerminalText.sanitized(path), "\(fault)")
    case .noPacks(let path): Message(.archiveWithoutPacks, TerminalText.sanitized(path))
    case .isPack(let path): Message(.packNotArchive, TerminalText.sanitized(path))
    }
  }
}

extension SystemError {
  /// Whether there is no such folder.
  var isOfPath: Bool { [ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG].contains(number) }
}
