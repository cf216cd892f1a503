import AuditEvidence
import AuditFiles
import AuditModel

/// Puts a pack into one file: a zip archive, to be attached to a ticket or kept in an evidence register.
package struct BundleRun: Sendable {
  private let pack: String
  private let out: String?
  private let workers: Int

  /// Makes a run.
  ///
  /// - Parameters:
  ///   - pack: The pack, a folder or an archive.
  ///   - out: The file; `nil` for one in the working folder that is named after the pack.
  ///   - workers: How many processors it may use.
  package init(pack: String, out: String?, workers: Int) {
    self.pack = pack
    self.out = out
    self.workers = workers
  }

  /// What was made.
  package struct Bundle: Sendable, Equatable {
    /// The file.
    package var path: String
    /// Its size, in bytes.
    package var bytes: Int
    /// A sentence about its size, and what has the largest part in it where it is large.
    package var notice: String
  }

  /// Whether the file is there and holds this very pack, by its manifest.
  ///
  /// - Throws: why either cannot be read; a file that is no pack is none.
  package func isMade() throws -> Bool {
    guard let out, try StoredFile.kind(of: out) != nil else { return false }
    let pack = try PublishedPack(at: pack)
    do {
      return try PublishedPack(at: out).manifestDigest == pack.manifestDigest
    } catch let error as any AuditFailure where !error.isOfMachine {
      return false
    }
  }

  /// Makes the file, which is there only when it is complete and its files are those that SHA256SUMS lists.
  ///
  /// What is looked at is what is handed over: the archive, after it was written.
  ///
  /// - Throws: A `PackError` for what is no pack, or not what was published; then nothing is made.
  package func run() async throws -> Bundle {
    let pack = try PublishedPack(at: pack)
    guard let window = NameCheck.name(of: pack.manifest.window) else {
      throw PackError.unreadable(
        path: "\(pack.path)/manifest.json", reason: "its window has no readable ends.")
    }
    let others = try pack.files.inventory().others
    guard others.isEmpty else {
      throw PackError.damaged(pack: pack.name, others.map(Discrepancy.notPlain))
    }
    let place = out ?? BundleName(pack.manifest, window: window).description
    let file = try BundleFile(of: pack.files, below: window, for: place)
    defer { file.discard() }
    let found = try await FileCheck(files: file.files, workers: workers).run(pack.manifest)
    guard found.discrepancies.isEmpty else {
      throw PackError.damaged(pack: pack.name, found.discrepancies)
    }
    let size = try BundleSize(of: file)
    try file.publish()
    return Bundle(path: place, bytes: file.bytes, notice: size.notice(for: place))
  }
}
