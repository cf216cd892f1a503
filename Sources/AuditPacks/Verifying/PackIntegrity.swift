package import AuditEvidence
import AuditFiles

/// Whether a published pack is still what was published, before a run builds on it.
package struct PackIntegrity {
  /// Whether a run may build on one that is not.
  package let isForced: Bool
  /// How many files are read at the same time.
  package let workers: Int

  /// Makes one from its parts.
  package init(isForced: Bool, workers: Int) {
    self.isForced = isForced
    self.workers = workers
  }

  /// Looks at every file of a pack.
  ///
  /// A pack whose manifest cannot be read is no pack that anything is built on, and is not looked at.
  ///
  /// - Returns: What is wrong, when it is forced.
  /// - Throws: ``PackError/cannotFollow(pack:_:)``, when it is not.
  package func check(_ path: String?) async throws -> [Discrepancy] {
    guard let path else { return [] }
    let pack: PublishedPack
    do {
      pack = try PublishedPack(at: path)
    } catch is PackError {
      return []
    } catch let error as ArchiveError where !error.isTransient {
      return []
    }
    let found = try await FileCheck(files: pack.files, workers: workers).run(pack.manifest)
    guard found.discrepancies.isEmpty || isForced else {
      throw PackError.cannotFollow(pack: path, found.discrepancies)
    }
    return found.discrepancies
  }
}
