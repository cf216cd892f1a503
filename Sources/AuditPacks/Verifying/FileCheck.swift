package import AuditEvidence
import AuditFiles
import AuditModel
import AuditReport

/// Holds the files of a pack against SHA256SUMS and manifest.json.
struct FileCheck {
  /// The pack's files.
  let files: StoredPack
  /// How many files are read at the same time.
  let workers: Int

  /// What was found.
  struct Result {
    var discrepancies: [Discrepancy] = []
    /// The digests of the files that are there and listed.
    var found: [Name: Digest] = [:]
    /// The content of SHA256SUMS; `nil` when there is none.
    var checksums: [UInt8]?
    /// What an operating system added to an archive.
    var passedOver: [String] = []
  }

  /// Looks at every file; `manifest` is `nil` when it cannot be read.
  func run(_ manifest: ManifestDocument?) async throws -> Result {
    let inventory = try files.inventory()
    var result = Result()
    result.passedOver = inventory.passedOver
    result.discrepancies = inventory.others.map(Discrepancy.notPlain)
    guard inventory.files[Name(Checksums.name)] != nil else {
      result.discrepancies.append(.missing(path: Checksums.name))
      return result
    }
    let bytes: [UInt8]
    do {
      bytes = try files.read(Checksums.name, limit: FileLimit.manifest)
    } catch {
      guard case .tooLarge(_, let limit) = error else { throw error }
      result.discrepancies.append(
        .malformed(path: Checksums.name, reason: "it has more than \(limit) bytes."))
      return result
    }
    result.checksums = bytes
    let (listed, malformed) = Checksums.reading(bytes)
    result.discrepancies += malformed
    result.discrepancies += unlisted(inventory, listed, manifest)
    let sizes = Dictionary(manifest?.files.map { (Name($0.path), $0.bytes) } ?? []) { first, _ in
      first
    }
    var toRead: [Name] = []
    let others = Set(inventory.others.map { Name($0) })
    for path in listed.keys.sorted() where !others.contains(path) {
      guard let size = inventory.files[path] else {
        result.discrepancies.append(.missing(path: path.string))
        continue
      }
      if let expected = sizes[path], expected != size {
        result.discrepancies.append(.resized(path: path.string, expected: expected, found: size))
      } else if sizes[path] == nil, size > FileLimit.page {
        // Nothing says how large it should be, and a sparse file of any size can be planted.
        result.discrepancies.append(
          .malformed(path: path.string, reason: "it has \(size) bytes, and was not read."))
      } else {
        toRead.append(path)
      }
    }
    for (path, digest) in try await digests(of: toRead) {
      result.found[path] = digest
      if let expected = listed[path], expected != digest {
        result.discrepancies.append(.changed(path: path.string, expected: expected, found: digest))
      }
    }
    if let manifest {
      result.discrepancies += unequal(manifest, listed)
      result.discrepancies += manifest.sealFiles.filter { inventory.files[Name($0)] == nil }
        .map(Discrepancy.missing)
    }
    result.discrepancies.sort { (Name($0.path), $0.code) < (Name($1.path), $1.code) }
    return result
  }

  /// Files and folders that no list knows.
  private func unlisted(
    _ inventory: PackInventory, _ listed: [Name: Digest], _ manifest: ManifestDocument?
  ) -> [Discrepancy] {
    let known = (manifest?.sealFiles ?? []) + [Checksums.name]
    let files = inventory.files.keys.filter { listed[$0] == nil && !known.contains($0.string) }
    let needed = Set(listed.keys.flatMap { Self.parents(of: $0.string).map(Name.init) })
    let folders = inventory.folders.filter { !needed.contains(Name($0)) }
    return (files.map(\.string) + folders).map(Discrepancy.unlisted)
  }

  private static func parents(of path: String) -> [String] {
    let parts = path.parts(at: "/")
    return (0..<max(0, parts.count - 1)).map { parts[...$0].joined(separator: "/") }
  }

  /// Files that manifest.json and SHA256SUMS do not list alike.
  private func unequal(_ manifest: ManifestDocument, _ listed: [Name: Digest]) -> [Discrepancy] {
    var expected = Dictionary(manifest.files.map { (Name($0.path), $0.sha256) }) { first, _ in
      first
    }
    let manifest = Name("manifest.json")
    expected[manifest] = listed[manifest]?.hexadecimal ?? ""
    let paths = Set(expected.keys).union(listed.keys)
    return paths.sorted().filter { expected[$0] != listed[$0]?.hexadecimal }
      .map { .unequalLists(path: $0.string) }
  }

  /// The digests of files, several read at a time.
  private func digests(of paths: [Name]) async throws -> [(Name, Digest)] {
    let work = OrderedWork(workers: workers) { Digest.zero }
    var digests: [Digest] = []
    _ = try await work.run(over: paths.count) { [files] digest, run in
      digest = try files.digest(paths[run.lowerBound].string).digest
    } take: {
      digests.append($0)
      return true
    }
    return Array(zip(paths, digests))
  }
}

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

extension ManifestDocument {
  /// The files beside SHA256SUMS, which it cannot list.
  fileprivate var sealFiles: [String] {
    [
      signer?.kind.fileName,
      timestampAuthority == nil ? nil : Seal.timestampFileName,
    ].compactMap { $0 }
  }
}
