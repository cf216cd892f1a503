import AuditEvidence
import AuditFiles
import AuditModel

extension Archive {
  /// What an unfinished read belongs to: `read.json`.
  private struct ReadNote: Codable {
    /// The digest of what was asked of whom.
    var key: String
    var toolVersion: String
    /// When it began, RFC 3339 UTC.
    var began: String
  }

  /// An unfinished read is taken up within this time, in milliseconds.
  private static let longestRest: Int64 = 6 * 3_600_000
  /// Clocks may be set back a little.
  private static let clockTolerance: Int64 = 300_000

  /// Opens the folder for the pages of a read: with those of an interrupted run that asked for the same, or empty.
  ///
  /// The key is the digest of what is asked of whom; another version of the program may have read otherwise.
  ///
  /// - Returns: the folder, and why an interrupted run's pages were set aside.
  func openRead(
    key: Digest, toolVersion: String, now: Instant
  ) throws -> (folder: ReadFolder, setAside: String?) {
    let path = "\(self.path)/\(ReadFolder.name)"
    let note = ReadNote(
      key: key.hexadecimal, toolVersion: toolVersion, began: now.description)
    var setAside: String?
    let status = try FileSystem.status(of: path)
    if let reason = status?.strangeness(.directory) {
      // It is not looked into: others may exchange what is in it, even while it is being removed.
      let aside = try TemporaryPath.free(in: self.path, "read")
      try FileSystem.rename(path, to: aside) {
        ArchiveError.strangeFile(
          path: path, reason: "\(reason), and it could not be renamed: \($1)")
      }
      setAside = "\(reason); they are kept in \(aside)"
    } else if status != nil {
      switch resumable(path, note, now: now) {
      case .success(let found): return (try ReadFolder(at: path, taking: found), nil)
      case .failure(let reason): setAside = reason.sentence
      }
      try FileSystem.remove(path)
    }
    try begin(note, in: path)
    return (try ReadFolder(at: path, taking: nil), setAside)
  }

  private func begin(_ note: ReadNote, in path: String) throws {
    let bytes = try JSONFile.bytes(note)
    try FileSystem.makeDirectory(path)
    let file = try OpenFile.creating("\(path)/read.json", shownAs: path)
    try file.write(bytes.span)
    try file.synchronise()
  }

  /// Why an interrupted run's pages are not taken up.
  private struct UnusableRead: Error {
    var sentence: String
  }

  private func resumable(
    _ path: String, _ note: ReadNote, now: Instant
  ) -> Result<ReadFolder.Found, UnusableRead> {
    let found: ReadFolder.Found?
    let old: ReadNote
    do {
      old = try JSONDocument.read(
        ReadNote.self, from: StoredFile.readOwn("\(path)/read.json", limit: FileLimit.note).bytes)
      found = try ReadFolder.journal(in: path)
    } catch {
      let reason = TerminalText.sanitized("\(error)", limit: 200)
      let clause = reason.ends(with: ".") ? String(reason.dropLast()) : reason
      return .failure(.init(sentence: "its files cannot be read: \(clause)"))
    }
    guard let found else {
      return .failure(.init(sentence: "its journal and its responses do not match"))
    }
    guard old.toolVersion == note.toolVersion else {
      return .failure(.init(sentence: "version \(old.toolVersion) began it"))
    }
    guard old.key == note.key else {
      return .failure(.init(sentence: "its options differ"))
    }
    guard let began = Instant(rfc3339: old.began),
      -Self.clockTolerance...Self.longestRest ~= now.milliseconds(since: began)
    else {
      return .failure(.init(sentence: "it began at \(old.began), more than six hours ago"))
    }
    return .success(found)
  }
}
