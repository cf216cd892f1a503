package import AuditEvidence

/// Where the files of a report go: into a folder, or no further than their digests.
package protocol ReportFiles: AnyObject, Sendable {
  /// The finished files, by path.
  var files: [FileRecord] { get }

  /// Begins a file.
  func create(_ path: String, mediaType: String) throws(ArchiveError) -> PackFile

  /// Takes a file out again.
  func remove(_ path: String) throws(ArchiveError)

  /// Makes an empty file that somebody else writes by its path, in a folder for what they keep meanwhile.
  func reserve(_ path: String) throws(ArchiveError) -> (location: String, folder: String)

  /// Enters a file that somebody else has written.
  func enterReserved(_ path: String, mediaType: String) throws(ArchiveError)
}

extension ReportFiles {
  /// Writes a whole file.
  @discardableResult
  package func write(
    _ bytes: [UInt8], to path: String, mediaType: String
  ) throws(ArchiveError) -> FileRecord {
    let file = try create(path, mediaType: mediaType)
    try file.append(bytes)
    return try file.finish()
  }
}
