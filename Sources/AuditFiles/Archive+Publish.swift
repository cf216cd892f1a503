import AuditEvidence
import AuditModel

extension Archive {
  /// Publishes a pack under the name of its window, or as the window's next revision, `.r2`.
  ///
  /// Everything is brought to the disk before the pack gets its name in one step: whoever sees the name sees a
  /// complete pack, also after a crash. When the newest pack of the window holds the same rows (by the Merkle
  /// root in manifest.json) made with the same options (by their digest there), this one is dropped, unless it is to
  /// be beside that one in any case.
  package func publish(
    _ pack: PackBuilder, as window: String, beside: Bool = false
  ) throws(ArchiveError) -> Publication {
    let revision = try newestRevision(of: window)
    if revision > 0, !beside {
      let name = name(of: window, revision: revision)
      if try isIdentical(pack, as: "\(path)/\(name)") {
        pack.discard()
        return Publication(
          path: "\(path)/\(name)", wasAlreadyPublished: true, notice: updateLatest())
      }
    }
    let name = name(of: window, revision: revision + 1)
    guard revision == 0 || PackName(name) != nil else { throw .noRevision(path: "\(path)/\(name)") }
    try pack.publish(as: "\(path)/\(name)")
    return Publication(
      path: "\(path)/\(name)", wasAlreadyPublished: false, notice: pointLatest(at: name))
  }

  /// The folder of the newest pack of a window; `nil` when there is none.
  package func newestPack(of window: String) throws(ArchiveError) -> String? {
    let revision = try newestRevision(of: window)
    return revision > 0 ? "\(path)/\(name(of: window, revision: revision))" : nil
  }

  /// Publishes what an unfinished read had read as `<window>.INCOMPLETE`, in the place of an earlier one.
  package func publishIncomplete(
    _ pack: PackBuilder, as window: String
  ) throws(ArchiveError) -> String {
    let place = "\(path)/\(PackName(window: window, .incomplete))"
    try pack.publish(as: place, replacing: true)
    return place
  }

  /// Whether a published pack has the same rows and options; one that cannot be read has not, and a new
  /// revision comes beside it.
  private func isIdentical(
    _ pack: PackBuilder, as published: String
  ) throws(ArchiveError) -> Bool {
    guard let manifest = try manifest(in: pack.folder),
      let published = try self.manifest(in: published)
    else { return false }
    return manifest.isCovered(by: published)
  }

  /// The manifest of a pack; `nil` where there is none, or none for this user.
  ///
  /// - Throws: What may be otherwise the next time: a broken disk, no more descriptors.
  private func manifest(in pack: String) throws(ArchiveError) -> PublishedManifest? {
    do {
      return try PublishedManifest(decoding: StoredFile.read("\(pack)/manifest.json"))
    } catch let error as ArchiveError where error.isTransient {
      throw error
    } catch {
      return nil
    }
  }
}

/// What became of a finished pack.
package struct Publication: Sendable, Equatable {
  /// The path of the pack, which begins as the archive's does.
  package var path: String
  /// Whether the archive held the same rows, made with the same options, already; then this run added nothing.
  package var wasAlreadyPublished: Bool
  /// What the user should know besides, a sentence; the pack is published all the same.
  package var notice: String?
}
