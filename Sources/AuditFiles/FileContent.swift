import SafeZip

/// A plain file whose bytes are wanted from any place on; it is open only while it is read.
final class FileContent: ZipContent {
  let size: Int
  private let path: String
  private var opened: Opened?

  /// An open file that several may hold.
  private final class Opened {
    let file: OpenFile

    init(_ file: consuming OpenFile) {
      self.file = file
    }
  }

  /// A file of a known size.
  init(at path: String, size: Int) {
    self.path = path
    self.size = size
  }

  /// Opens a file.
  init(opening path: String) throws(ArchiveError) {
    let file = try StoredFile.open(path)
    self.path = path
    size = try file.status().size
    opened = Opened(file)
  }

  func read(_ count: Int, at offset: Int) throws -> [UInt8] {
    let current: Opened
    if let opened {
      current = opened
    } else {
      current = Opened(try StoredFile.open(path))
      opened = current
    }
    return try current.file.read(count, at: offset)
  }

  func close() {
    opened = nil
  }
}
