import AuditEvidence
import AuditFiles
import AuditModel

extension PublishedPack {
  /// Sees to it that a file that the manifest lists is what was published.
  package func check(_ path: String) throws {
    let listed = manifest.files.first { $0.path == path }
    if let size = try files.size(of: path), let listed, size != listed.bytes {
      throw PackError.damaged(
        pack: name, [.resized(path: path, expected: listed.bytes, found: size)])
    }
    let digest = try files.digest(path).digest
    guard let expected = (listed?.sha256).flatMap(Digest.init(hexadecimal:)), expected != digest
    else { return }
    throw PackError.damaged(
      pack: name, [.changed(path: path, expected: expected, found: digest)])
  }

  /// Sees to it that the evidence is what was published: what is made of any other would look as if it were.
  func checkEvidence(workers: Int) async throws {
    let files = try await FileCheck(files: files, workers: workers).run(manifest)
    let journal = try JournalCheck(pack: self, found: files.found, countsRows: false).run()
    let found = files.discrepancies.filter { discrepancy in
      discrepancy.path.begins(with: "evidence/")
        || ["manifest.json", Checksums.name].contains(discrepancy.path)
    }
    guard (found + journal.discrepancies).isEmpty else {
      throw PackError.damaged(pack: name, found + journal.discrepancies)
    }
  }
}
