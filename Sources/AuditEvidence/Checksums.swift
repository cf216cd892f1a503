package import AuditModel

/// SHA256SUMS: the digest of every file but itself, in the form that `sha256sum --check` reads.
package enum Checksums {
  /// The file's bytes: a line `digest`, two spaces, `path` for each file, by path.
  ///
  /// Paths are written as they are, so they may hold neither a newline nor a backslash, which coreutils escapes.
  package static func of(_ files: [FileRecord]) -> [UInt8] {
    files.sorted { $0.precedes($1) }
      .flatMap { Array("\($0.digest)  \($0.path)\n".utf8) }
  }

  /// The files that a SHA256SUMS lists, and what is wrong with its lines.
  ///
  /// - Returns: the digests by path, compared byte for byte: two spellings of an accent are two files. A line that is
  ///   no entry, a path that no pack can hold and a second line for the same path are discrepancies, and so are lines
  ///   that are not in the order of their paths. After 100 lines that are not entries it stops.
  package static func reading(
    _ bytes: [UInt8]
  ) -> (digests: [Name: Digest], discrepancies: [Discrepancy]) {
    var digests: [Name: Digest] = [:]
    var discrepancies: [Discrepancy] = []
    var strays = 0
    var last: ArraySlice<UInt8> = []
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if index == lines.count - 1, line.isEmpty, lines.count > 1 { break }
      guard index < lines.count - 1, let (digest, path) = entry(line) else {
        discrepancies.append(
          .malformed(path: name, reason: "line \(index + 1) is not a digest and a path."))
        strays += 1
        if strays == mostStrays { break }
        continue
      }
      guard isUsable(path) else {
        discrepancies.append(.unusablePath(String(decoding: path, as: UTF8.self)))
        continue
      }
      if !last.lexicographicallyPrecedes(path) {
        discrepancies.append(
          .malformed(path: name, reason: "line \(index + 1) is not in the order of paths."))
      }
      last = path
      digests[Name(bytes: Array(path))] = digest
    }
    return (digests, discrepancies)
  }

  /// How many lines that are not entries are listed; a file of nothing else would fill the memory.
  static let mostStrays = 100

  /// The name of the file.
  package static let name = "SHA256SUMS"

  private static func entry(_ line: ArraySlice<UInt8>) -> (Digest, ArraySlice<UInt8>)? {
    guard line.count > 66, line.dropFirst(64).prefix(2).elementsEqual("  ".utf8),
      let digest = Digest(hexadecimal: String(decoding: line.prefix(64), as: UTF8.self))
    else { return nil }
    return (digest, line.dropFirst(66))
  }

  /// Whether a path stays inside a pack, and SHA256SUMS and manifest.json can carry it.
  package static func isUsable(_ path: some Collection<UInt8>) -> Bool {
    let parts = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return String(validating: path, as: UTF8.self) != nil
      && parts.allSatisfy { part in
        !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
          && part.allSatisfy { $0 >= 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "\\") }
      }
  }
}

/// A file of a pack, as manifest.json and SHA256SUMS list it.
package struct FileRecord: Sendable, Hashable {
  /// The path within the pack, with `/`.
  package var path: String
  /// The size in bytes.
  package var bytes: Int
  /// The digest of the content.
  package var digest: Digest
  /// The media type.
  package var mediaType: String

  /// Makes a record.
  package init(path: String, bytes: Int, digest: Digest, mediaType: String) {
    (self.path, self.bytes, self.digest, self.mediaType) = (path, bytes, digest, mediaType)
  }

  /// Whether its path sorts before another's, byte by byte.
  package func precedes(_ other: FileRecord) -> Bool {
    path.utf8.lexicographicallyPrecedes(other.path.utf8)
  }
}
