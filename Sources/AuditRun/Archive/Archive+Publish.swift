import AuditEvidence

extension Archive {
  /// Publishes a pack under the name of its window, or as the window's next revision, `.r2`.
  ///
  /// Everything is brought to the disk before the pack gets its name in one step: whoever sees the name sees a
  /// complete pack, also after a crash. When the newest pack of the window holds the same rows (by the Merkle
  /// root in manifest.json) made with the same options (by their digest there), this one is dropped.
  public func publish(_ pack: PackBuilder, as window: String) throws(ArchiveError) -> Publication {
    let revision = try newestRevision(of: window)
    if revision > 0 {
      let name = name(of: window, revision: revision)
      if holdsTheSame(pack, as: "\(path)/\(name)") {
        pack.discard()
        return Publication(
          path: "\(path)/\(name)", wasAlreadyPublished: true, notice: pointLatestForward(to: name))
      }
    }
    try pack.complete()
    let name = name(of: window, revision: revision + 1)
    try adopt(pack.folder, as: name)
    pack.settle()
    return Publication(
      path: "\(path)/\(name)", wasAlreadyPublished: false, notice: pointLatest(at: name))
  }

  /// Publishes what an unfinished read had read as `<window>.INCOMPLETE`, in the place of an earlier one.
  func publishIncomplete(_ pack: PackBuilder, as window: String) throws(ArchiveError) -> String {
    let name = "\(window).INCOMPLETE"
    try pack.complete()
    try ArchiveError.reporting(
      ArchiveError.cannotRemove, at: "\(path)/\(name)",
      try FileSystem.remove("\(path)/\(name)"))
    try adopt(pack.folder, as: name)
    pack.settle()
    return "\(path)/\(name)"
  }

  /// Whether a published pack has the same rows and options; one that cannot be read has not, and a new
  /// revision stands beside it.
  private func holdsTheSame(_ pack: PackBuilder, as published: String) -> Bool {
    do {
      return try manifest(in: pack.folder) == manifest(in: published)
    } catch {
      return false
    }
  }

  private func manifest(in pack: String) throws -> PublishedManifest {
    try PublishedManifest(decoding: StoredFile.read("\(pack)/manifest.json"))
  }
}
