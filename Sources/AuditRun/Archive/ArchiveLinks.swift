import AuditEvidence
import AuditModel
import Glibc

/// The packs that lie in an archive, as links of its chain.
struct ArchiveLinks {
  /// The packs whose manifest can be read.
  private(set) var links: [ChainLink] = []
  /// Folders that are no pack, or whose manifest cannot be read.
  private(set) var unreadable: [Discrepancy] = []

  /// Reads the manifests.
  init(of archive: String) throws(ArchiveError) {
    let names = try ArchiveError.reporting(
      Self.failure, at: archive, try FileSystem.names(in: archive))
    for name in names where !name.begins(with: ".") && name != "latest" {
      // What an unfinished read left is no pack, and says so by its name.
      if name.ends(with: ".INCOMPLETE") { continue }
      if let link = try Self.link(name, in: archive) {
        links.append(link)
      } else {
        unreadable.append(
          .chain(pack: name, reason: "it has no manifest.json that can be read, so it is no link."))
      }
    }
  }

  /// A pack as a link; `nil` when it has no manifest that can be read.
  private static func link(_ name: String, in archive: String) throws(ArchiveError) -> ChainLink? {
    guard let manifest = try StoredFile.readIfThere("\(archive)/\(name)/manifest.json") else {
      return nil
    }
    do {
      return try ChainLink(name: name, manifest: manifest)
    } catch {
      return nil
    }
  }

  private static func failure(_ path: String, _ fault: SystemFault) -> ArchiveError {
    [ENOENT, ENOTDIR].contains(fault.number)
      ? .missingArchive(path: path, fault: fault) : .cannotRead(path: path, fault: fault)
  }
}
