/// SHA256SUMS: the digest of every file but itself, in the form that `sha256sum --check` reads.
public enum Checksums {
  /// The file's bytes: a line `digest`, two spaces, `path` for each file, by path.
  ///
  /// Paths stand as they are, so they may hold neither a newline nor a backslash, which coreutils escapes.
  public static func of(_ files: [FileRecord]) -> [UInt8] {
    files.sorted { $0.precedes($1) }
      .flatMap { Array("\($0.digest)  \($0.path)\n".utf8) }
  }
}
