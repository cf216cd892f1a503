package import AuditEvidence
import AuditModel
import Synchronization

/// Files that are made only to know their digests; what must lie on a disk meanwhile lies in a temporary folder.
package final class DigestedFiles: ReportFiles {
  private struct State {
    var records: [Name: FileRecord] = [:]
    var folder: String?
  }

  private let state = Mutex(State())

  /// Makes one.
  package init() {
  }

  deinit {
    guard let folder = state.withLock({ $0.folder }) else { return }
    do {
      try FileSystem.remove(folder)
    } catch {
      // A temporary folder that cannot be removed harms nobody, and there is nobody to tell.
    }
  }

  package var files: [FileRecord] {
    state.withLock { Array($0.records.values) }.sorted { $0.precedes($1) }
  }

  package func create(_ path: String, mediaType: String) -> PackFile {
    PackFile(digesting: path, mediaType: mediaType, entering: enter)
  }

  package func remove(_ path: String) {
    state.withLock { _ = $0.records.removeValue(forKey: Name(path)) }
  }

  package func reserve(_ path: String) throws(ArchiveError) -> (location: String, folder: String) {
    let folder = try folder()
    let location = "\(folder)/\(path)"
    try FileSystem.remove(location)
    _ = try OpenFile.creating(location)
    return (location, folder)
  }

  package func enterReserved(_ path: String, mediaType: String) throws(ArchiveError) {
    let (bytes, digest) = try StoredFile.digest("\(try folder())/\(path)")
    enter(FileRecord(path: path, bytes: bytes, digest: digest, mediaType: mediaType))
  }

  private func enter(_ record: FileRecord) {
    state.withLock { $0.records[Name(record.path)] = record }
  }

  private func folder() throws(ArchiveError) -> String {
    try state.withLock { (state) throws(ArchiveError) in
      if let folder = state.folder { return folder }
      let folder = try ScratchFile.folder()
      state.folder = folder
      return folder
    }
  }
}
