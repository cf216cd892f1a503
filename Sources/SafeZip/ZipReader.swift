import CZip

/// A zip archive that is read where it is: nothing of it is unpacked.
///
/// It is looked at as what somebody sends: whatever could lead out of it, take more than its limits or be read in two ways
/// is refused when it is opened, and an entry whose content is not as long as announced, or has another CRC, when it is read.
@safe package struct ZipReader: ~Copyable {
  /// What it lists, in the order of the list.
  package let entries: [ZipEntry]

  /// Made by libzip, owned by this value alone and freed with it.
  private let archive: OpaquePointer
  private let stream: ZipStream
  /// The entry that is being read; closed when another one is, and before the archive is freed.
  private var open: OpenEntry?

  /// The most that is read at a time.
  private static let piece = 1 << 18

  /// An entry being read, and how far.
  @unsafe private struct OpenEntry {
    let index: Int
    let file: OpaquePointer
    var offset: Int
  }

  /// Opens an archive.
  ///
  /// - Throws: A ``ZipError``, and what reading throws.
  package init(_ content: any ZipContent, limits: ZipLimits = ZipLimits()) throws {
    let end = try ZipEnd(of: content, limits)
    let stream = ZipStream(reading: content)
    // The list, the head of each entry with its name, and the ends; twice, since libzip reads in pieces of its own.
    stream.allowance = 2 * (content.size - end.directory) + limits.entries * 64 + (1 << 20)
    let archive = unsafe try stream.open(ZIP_RDONLY | ZIP_CHECKCONS)
    let listed = Result { unsafe try Self.entries(of: archive, end, content.size, limits) }
    if case .failure = listed { unsafe zip_discard(archive) }
    entries = try listed.get()
    self.stream = stream
    unsafe self.archive = archive
    stream.allowance = .max
  }

  deinit {
    if let open = unsafe open { unsafe zip_fclose(open.file) }
    unsafe zip_discard(archive)
  }

  /// What an archive lists, as a whole within the limits.
  @unsafe private static func entries(
    of archive: OpaquePointer, _ end: ZipEnd, _ size: Int, _ limits: ZipLimits
  ) throws(ZipError) -> [ZipEntry] {
    let count = unsafe Int(zip_get_num_entries(archive, 0))
    guard count <= limits.entries else { throw .overLimit("\(limits.entries) entries") }
    var entries: [ZipEntry] = []
    var (stored, total) = (0, 0)
    for index in 0..<max(0, count) {
      let entry = try unsafe ZipEntry(index, in: archive, limits)
      stored = stored.addingReportingOverflow(entry.storedSize).partialValue
      guard 0...end.directory ~= stored, entry.storedSize >= 0 else { throw .overlapping }
      total += entry.size
      let most = limits.total(ofArchive: size)
      guard total <= most else { throw .overLimit("\(most) bytes in all files") }
      entries.append(entry)
    }
    try checkPaths(entries)
    return entries
  }

  /// Checks that no two entries have one path, and that none lies in a file.
  private static func checkPaths(_ entries: [ZipEntry]) throws(ZipError) {
    let named = entries.filter { !$0.path.isEmpty }
    // Compared by bytes: two spellings of an accent are two files.
    let files = Set(named.filter { !$0.isFolder }.map { Array($0.path.utf8) })
    var seen: Set<[UInt8]> = []
    for entry in named {
      let shown = ZipPath.shown(Array(entry.path.utf8))
      guard seen.insert(Array(entry.path.utf8)).inserted else {
        throw .entry(name: shown, reason: "is there twice")
      }
      let parents = entry.path.utf8.indices.filter { entry.path.utf8[$0] == UInt8(ascii: "/") }
      guard parents.allSatisfy({ !files.contains(Array(entry.path.utf8[..<$0])) }) else {
        throw .entry(name: shown, reason: "lies in a file")
      }
    }
  }

  /// Some bytes of an entry; none behind its end.
  ///
  /// What follows the piece before is read without going back. Whoever reads on until none is left has read all that is
  /// announced, and its CRC was right.
  ///
  /// - Throws: ``ZipError/entry(name:reason:)`` where it is not what the list announces, and what reading the archive throws.
  package mutating func read(
    _ count: Int, of entry: ZipEntry, at offset: Int
  ) throws -> [UInt8] {
    let file = try unsafe file(of: entry, at: offset)
    var number: Int64 = 0
    // The buffer has room for as many bytes as are asked for, and only those that came are kept.
    let piece = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      if let start = buffer.baseAddress {
        unsafe number = zip_fread(file, start, UInt64(buffer.count))
      }
      filled = Int(max(0, number))
    }
    guard number >= 0 else {
      throw failure(of: entry, unsafe ZipError(zip_file_get_error(file)))
    }
    let end = offset + piece.count
    guard piece.isEmpty ? end == entry.size : end <= entry.size else {
      throw ZipError.entry(
        name: ZipPath.shown(Array(entry.path.utf8)),
        reason: "does not have the \(entry.size) bytes that are announced")
    }
    unsafe open?.offset = end
    return piece
  }

  /// The entry opened, and read up to an offset.
  @unsafe private mutating func file(of entry: ZipEntry, at offset: Int) throws -> OpaquePointer {
    if let open = unsafe open {
      if unsafe open.index == entry.index, unsafe open.offset == offset { return unsafe open.file }
      unsafe zip_fclose(open.file)
      unsafe self.open = nil
    }
    guard let file = unsafe zip_fopen_index(archive, UInt64(entry.index), 0) else {
      throw failure(of: entry, unsafe ZipError(zip_get_error(archive)))
    }
    unsafe open = OpenEntry(index: entry.index, file: file, offset: 0)
    while unsafe (open?.offset ?? offset) < offset {
      let left = unsafe offset - (open?.offset ?? offset)
      guard try !read(min(left, Self.piece), of: entry, at: offset - left).isEmpty else { break }
    }
    return unsafe file
  }

  /// Why an entry cannot be read: what reading the archive threw, else what libzip reports.
  private func failure(of entry: ZipEntry, _ reason: ZipError) -> any Error {
    stream.failure
      ?? ZipError.entry(
        name: ZipPath.shown(Array(entry.path.utf8)), reason: "cannot be read: \(reason.words)")
  }
}

extension ZipError {
  /// What libzip reports.
  init(_ error: UnsafeMutablePointer<zip_error_t>) {
    // The text is libzip's, and copied at once.
    self = unsafe .refused(reason: String(cString: zip_error_strerror(error)))
  }

  /// The same as part of a sentence.
  var words: String {
    if case .refused(let reason) = self { reason } else { description }
  }
}

/// How much an archive may hold: it is refused before anything of it is decompressed.
package struct ZipLimits: Sendable {
  /// How many entries, folders among them: as many as an archive without Zip64 can list.
  package var entries = 65_535
  /// The size of the list of entries, in bytes.
  package var directory = 16 << 20
  /// The size of one file, in bytes.
  package var file = 8 << 30
  /// The size of all files, in bytes.
  package var total = 64 << 30
  /// How many bytes all files may have for each byte of the archive, beyond `allowance`: packs were measured at 5 to 6.
  package var ratio = 250
  /// How many bytes all files may have in any case.
  var allowance = 16 << 20

  /// The limits of kfaudit.
  package init() {}

  /// The most bytes that all files of an archive of a size may have.
  func total(ofArchive size: Int) -> Int {
    let (product, overflow) = size.multipliedReportingOverflow(by: ratio)
    return overflow ? total : min(total, product + allowance)
  }
}

/// Why a zip archive is refused, or cannot be written.
package enum ZipError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The bytes are not an archive.
  case notZip
  /// The end is missing, or something follows it.
  case noEnd
  /// Other bytes precede the first entry.
  case noStart
  /// It is one of several parts.
  case parts
  /// What its end says of the list of entries is not so.
  case falseEnd
  /// It is larger than a limit.
  case overLimit(String)
  /// Its entries have more bytes than the archive, so that some share theirs.
  case overlapping
  /// An entry cannot be used.
  case entry(name: String, reason: String)
  /// libzip refused, in its words.
  case refused(reason: String)
  /// There is no memory for libzip.
  case outOfMemory

  /// A clause: what is wrong with the archive.
  package var description: String {
    switch self {
    case .notZip: "it is not a zip archive."
    case .noEnd: "its end is missing, or a comment or other bytes follow it."
    case .noStart: "it does not begin with an entry: it is empty, or other bytes come first."
    case .parts: "it is one of several parts."
    case .falseEnd: "its end does not describe the list of entries that it has."
    case .overLimit(let limit): "it has more than \(limit)."
    case .overlapping: "its entries have more bytes than it has, so that some of them share theirs."
    case .entry(let name, let reason): "the entry \(name) \(reason)."
    case .refused(let reason): "libzip reports: \(reason)."
    case .outOfMemory: "there is no memory for libzip."
    }
  }
}
