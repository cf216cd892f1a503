import AuditModel

extension Archive {
  /// What a report and its tables take, however few the instances, in bytes.
  private static let fixed = 8 << 20
  /// What the rows take for each byte of a saved page, plain and compressed: measured, CSV and NDJSON together.
  private static let plainFactor = 3
  private static let compressedFactor = 12

  /// Sees to it that the disk has room for a run, before its first request.
  ///
  /// It is an estimate: how much a server will send is not known, and others write to the disk as well. It spares a
  /// long run that cannot end well.
  ///
  /// - Parameters:
  ///   - folder: Saved pages that the run reads; `nil` for a server.
  ///   - linked: Whether they are linked into the pack instead of copied.
  /// - Throws: ``ArchiveError/noSpace(path:wanted:free:)``.
  package func checkSpace(
    forPagesIn folder: String? = nil, linked: Bool = false
  ) throws(ArchiveError) {
    let pages = try folder.map { path throws(ArchiveError) in
      try Self.bytes(for: PageFolder(at: path), linked: linked)
    }
    let wanted = Self.fixed + (pages ?? 0)
    let free = try FileSystem.freeBytes(at: path)
    if let free, free < wanted { throw .noSpace(path: path, wanted: wanted, free: free) }
  }

  private static func bytes(
    for folder: PageFolder, linked: Bool
  ) throws(ArchiveError) -> Int {
    var bytes = 0
    for name in folder.names {
      let page = folder.path(of: name)
      let size = try FileSystem.status(of: page)?.size ?? 0
      bytes += size * (name.ends(with: ".gz") ? compressedFactor : plainFactor)
      if !linked { bytes += size }
    }
    return bytes
  }
}
