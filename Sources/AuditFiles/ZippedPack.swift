import AuditEvidence
import AuditModel
import SafeZip
import Synchronization

/// A pack in a zip archive, which is read where it is.
///
/// Several threads may read it; one at a time does.
package final class ZippedPack: Sendable {
  /// The archive, without symbolic links.
  package let place: String
  /// The name of the folder that the pack is in, or the archive's own.
  package let name: String
  /// What the archive has of the pack; its names are those within the pack.
  let inventory: PackInventory
  private let entries: [Name: ZipEntry]
  private let reader: Mutex<ZipReader>
  /// Whose turn it is to read a whole file: reading on where one has stopped costs nothing, and going back does.
  private let turn = Mutex(())

  /// Lists an archive and finds the pack in it: at the top, or in folders that hold nothing else.
  ///
  /// Errors show the path that it will have in the end, where it is still under another name.
  ///
  /// - Throws: ``ArchiveError/unusableZip(path:error:)`` for what is no zip archive, or a hostile one.
  package init(at path: String, shownAs shown: String? = nil) throws(ArchiveError) {
    place = shown ?? path
    let content = try FileContent(opening: path)
    let reader: ZipReader
    do {
      reader = try ZipReader(content)
    } catch {
      throw ArchiveError(reading: place, error)
    }
    let listed = reader.entries.filter { !$0.path.isEmpty }
    let passedOver = listed.filter { Self.isLitter($0.path) }
    let own = listed.filter { !Self.isLitter($0.path) }
    let top = Self.top(of: own.filter { !$0.isFolder }.map(\.path))
    name = top.parts(at: "/").last { !$0.isEmpty } ?? Self.stem(of: path)
    var entries: [Name: ZipEntry] = [:]
    var inventory = PackInventory()
    for entry in own where entry.path.begins(with: top) {
      let path = Self.rest(of: entry.path, after: top)
      if entry.isFolder {
        inventory.folders.append(path)
      } else {
        entries[Name(path)] = entry
        inventory.files[Name(path)] = entry.size
      }
    }
    inventory.folders.sort { $0.precedes($1) }
    inventory.passedOver = passedOver.filter { !$0.isFolder }.map(\.path)
    self.inventory = inventory
    self.entries = entries
    self.reader = Mutex(reader)
  }

  /// The names that macOS and Windows add to folders by themselves; no file of a pack has one.
  private static let litter = [".DS_Store", "desktop.ini", "Thumbs.db"].map { Name($0) }

  /// Whether a path is none of the pack's: what macOS adds to an archive, or an operating system to a folder.
  private static func isLitter(_ path: String) -> Bool {
    let parts = path.parts(at: "/")
    return parts.first.map { Name($0) } == Name("__MACOSX")
      || parts.last.map { litter.contains(Name($0)) } == true
  }

  /// The folders around the pack, with a slash at the end; empty where it lies at the top.
  private static func top(of files: [String]) -> String {
    var top = ""
    let names = Set(files.map { Name($0) })
    while !names.contains(Name("\(top)manifest.json")) {
      let folders = Set(
        files.map { file -> Name? in
          let parts = rest(of: file, after: top).parts(at: "/", maxSplits: 1)
          return parts.count == 2 ? Name(parts[0]) : nil
        })
      guard folders.count == 1, let folder = folders.first ?? nil else { return "" }
      top += "\(folder.string)/"
    }
    return top
  }

  private static func rest(of path: String, after beginning: String) -> String {
    String(decoding: path.utf8.dropFirst(beginning.utf8.count), as: UTF8.self)
  }

  /// The name of an archive without its extension.
  private static func stem(of path: String) -> String {
    let name = path.parts(at: "/").last ?? ""
    return name.ends(with: ".zip") ? String(name.dropLast(4)) : name
  }

  /// What each file takes, compressed, in bytes.
  var storedSizes: [Name: Int] { entries.mapValues(\.compressedSize) }

  /// Whether a file or folder is there.
  func kind(of path: String) -> FileSystem.Status.Kind? {
    if entries[Name(path)] != nil { return .file }
    let isFolder = entries.keys.contains { $0.string.begins(with: "\(path)/") }
    return isFolder || inventory.folders.contains { $0.isSame(as: path) } ? .directory : nil
  }

  /// The content of a file.
  func read(_ path: String, limit: Int) throws(ArchiveError) -> [UInt8] {
    let entry = try entry(path)
    guard entry.size <= limit else { throw .tooLarge(path: location(path), limit: limit) }
    var content: [UInt8] = []
    try readPieces(of: entry) { content += $0 }
    return content
  }

  /// Size and digest of a file.
  func digest(_ path: String) throws(ArchiveError) -> (bytes: Int, digest: Digest) {
    let entry = try entry(path)
    var digester = Digester()
    try readPieces(of: entry) { digester.update($0) }
    return (entry.size, digester.digest)
  }

  /// Calls with each line of a file.
  func readLines(_ path: String, _ body: (ArraySlice<UInt8>) throws -> Void) throws {
    let entry = try entry(path)
    var offset = 0
    try LineSplitter.read(
      location(path),
      {
        // A piece at a time, so that `body` may read other files.
        let piece = try read(FileLimit.piece, of: entry, at: offset)
        offset += piece.count
        return piece
      }, body)
  }

  /// The names of the pages.
  func pageNames() throws(ArchiveError) -> [String] {
    let folder = "\(PageFolder.inPack)/"
    let names = entries.keys.sorted().map(\.string).filter { $0.begins(with: folder) }
      .map { Self.rest(of: $0, after: folder) }
      .filter { !$0.utf8.contains(UInt8(ascii: "/")) && PageFolder.isPage(Array($0.utf8)) }
    guard !names.isEmpty else { throw .noPages(path: location(PageFolder.inPack), skipped: "") }
    return names
  }

  /// The bytes of a file as they are put into another archive.
  func content(of path: String, size: Int) -> any ZipContent {
    Content(pack: self, path: path, size: size)
  }

  /// A file of this archive.
  private final class Content: ZipContent {
    let size: Int
    private let pack: ZippedPack
    private let path: String

    init(pack: ZippedPack, path: String, size: Int) {
      self.pack = pack
      self.path = path
      self.size = size
    }

    func read(_ count: Int, at offset: Int) throws -> [UInt8] {
      try pack.read(count, of: pack.entry(path), at: offset)
    }

    func close() {}
  }

  private func entry(_ path: String) throws(ArchiveError) -> ZipEntry {
    guard let entry = entries[Name(path)] else { throw .missing(path: location(path)) }
    return entry
  }

  private func location(_ path: String) -> String { "\(place)/\(path)" }

  private func read(
    _ count: Int, of entry: ZipEntry, at offset: Int
  ) throws(ArchiveError) -> [UInt8] {
    do {
      return try reader.withLock { try $0.read(count, of: entry, at: offset) }
    } catch {
      throw ArchiveError(reading: place, error)
    }
  }

  private func readPieces(
    of entry: ZipEntry, _ body: ([UInt8]) -> Void
  ) throws(ArchiveError) {
    try turn.withLock { (_) throws(ArchiveError) in
      var offset = 0
      while case let piece = try read(FileLimit.piece, of: entry, at: offset), !piece.isEmpty {
        body(piece)
        offset += piece.count
      }
    }
  }
}

extension ArchiveError {
  /// Why an archive, or a file in it, cannot be read or written: the disk, or what it holds.
  init(reading path: String, _ error: any Error) {
    switch error {
    case let error as ArchiveError: self = error
    case let error as ZipError: self = .unusableZip(path: path, error: error)
    default: self = .unusableZip(path: path, error: .refused(reason: "\(error)"))
    }
  }
}
