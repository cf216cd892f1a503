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
  /// - Throws: ``ArchiveError/noSpace(path:wanted:free:)``.
  func checkSpace(for source: AuditPlan.Source) throws(ArchiveError) {
    let wanted = try Self.fixed + Self.bytes(for: source)
    let free = try FileSystem.freeBytes(at: path)
    if let free, free < wanted { throw .noSpace(path: path, wanted: wanted, free: free) }
  }

  private static func bytes(for source: AuditPlan.Source) throws(ArchiveError) -> Int {
    guard case .pages(let path, let link) = source else { return 0 }
    let folder = try PageFolder(at: path)
    var bytes = 0
    for name in folder.names {
      let page = folder.path(of: name)
      let size = try FileSystem.status(of: page)?.size ?? 0
      bytes += size * (name.ends(with: ".gz") ? compressedFactor : plainFactor)
      if !link { bytes += size }
    }
    return bytes
  }
}
