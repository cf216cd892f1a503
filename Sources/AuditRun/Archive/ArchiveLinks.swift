import AuditEvidence

/// The packs that lie in an archive, as links of its chain.
struct ArchiveLinks {
  /// The packs whose manifest can be read.
  private(set) var links: [ChainLink] = []
  /// Folders that are no pack, or whose manifest cannot be read.
  private(set) var unreadable: [Discrepancy] = []

  /// Reads the manifests.
  init(of archive: String) throws(ArchiveError) {
    let names: [String]
    do {
      names = try FileSystem.names(in: archive)
    } catch {
      throw .missingArchive(path: archive, fault: error)
    }
    for name in names where !name.hasPrefix(".") && name != "latest" {
      // What an unfinished read left is no pack, and says so by its name.
      if name.hasSuffix(".INCOMPLETE") { continue }
      do {
        links.append(
          try ChainLink(
            name: name, manifest: StoredFile.read("\(archive)/\(name)/manifest.json")))
      } catch {
        unreadable.append(
          .chain(pack: name, reason: "it has no manifest.json that can be read, so it is no link."))
      }
    }
  }
}
