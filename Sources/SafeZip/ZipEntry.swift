import CZip
import Glibc

/// A file or folder that an archive lists.
package struct ZipEntry: Sendable, Equatable {
  /// Its number in the list.
  let index: Int
  /// Where it is in the archive: parts between slashes, none of them empty, `.` or `..`.
  package let path: String
  /// Whether it is a folder.
  package let isFolder: Bool
  /// The size of the content, in bytes; less is never read, nor is more.
  package let size: Int
  /// What it takes in the archive, in bytes.
  package let compressedSize: Int
  /// The least that it takes with its head.
  let storedSize: Int

  /// The size of what precedes an entry's content, without the name.
  private static let headSize = 30
  /// What Windows says of a link or mount point, and MS-DOS of a volume's label.
  private static let strangeAttributes: UInt32 = 0x408

  /// Reads what the list says of an entry.
  ///
  /// - Throws: ``ZipError/entry(name:reason:)`` where it is not a plain file or folder that can be read.
  @unsafe init(_ index: Int, in archive: OpaquePointer, _ limits: ZipLimits) throws(ZipError) {
    // libzip owns the name, which is copied at once.
    let name = unsafe zip_get_name(archive, UInt64(index), zip_flags_t(ZIP_FL_ENC_RAW)).map {
      unsafe Array(UnsafeBufferPointer(start: $0, count: strlen($0)).map(UInt8.init(bitPattern:)))
    }
    let shown = ZipPath.shown(name ?? [])
    let path = try ZipPath(name ?? [])
    guard let facts = unsafe Facts(index, in: archive) else {
      throw .entry(name: shown, reason: "is not described in full")
    }
    guard facts.encryption == UInt16(ZIP_EM_NONE) else {
      throw .entry(name: shown, reason: "is encrypted")
    }
    guard [ZIP_CM_STORE, ZIP_CM_DEFLATE].contains(Int32(facts.method)) else {
      throw .entry(
        name: shown,
        reason: "is compressed by method \(facts.method), and only deflate (8) is read")
    }
    guard facts.size <= UInt64(limits.file), let compressed = Int(exactly: facts.compressedSize)
    else { throw .overLimit("\(limits.file) bytes in the entry \(shown)") }
    let kind = mode_t(facts.attributes >> 16) & S_IFMT
    guard [0, S_IFREG, S_IFDIR].contains(kind), facts.attributes & Self.strangeAttributes == 0,
      kind == 0 || path.isFolder == (kind == S_IFDIR)
    else { throw .entry(name: shown, reason: "is a link, or neither a file nor a folder") }
    guard !path.isFolder || facts.size == 0 else {
      throw .entry(name: shown, reason: "is a folder with content")
    }
    self.index = index
    self.path = path.path
    isFolder = path.isFolder
    size = Int(facts.size)
    compressedSize = compressed
    storedSize = compressed.addingReportingOverflow(Self.headSize + (name?.count ?? 0)).partialValue
  }

  /// The fields of an entry that are looked at.
  private struct Facts {
    var size: UInt64
    var compressedSize: UInt64
    var method: UInt16
    var encryption: UInt16
    /// As the program that made the archive left them; the upper half is the mode of Unix, where there is one.
    var attributes: UInt32 = 0

    /// Asks libzip; `nil` where a field is missing.
    @unsafe init?(_ index: Int, in archive: OpaquePointer) {
      let needed = UInt64(
        ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD)
      var stat = unsafe zip_stat_t()
      unsafe zip_stat_init(&stat)
      guard unsafe zip_stat_index(archive, UInt64(index), 0, &stat) == 0,
        unsafe stat.valid & needed == needed
      else { return nil }
      size = unsafe stat.size
      compressedSize = unsafe stat.comp_size
      method = unsafe stat.comp_method
      encryption = unsafe stat.encryption_method
      var system: UInt8 = 0
      let result = unsafe zip_file_get_external_attributes(
        archive, UInt64(index), 0, &system, &attributes)
      guard result == 0 else { return nil }
    }
  }
}

/// The name of an entry as a path within the archive.
struct ZipPath: Equatable {
  /// Its parts, joined by slashes; empty for the archive itself.
  let path: String
  /// Whether it is the name of a folder.
  let isFolder: Bool

  /// The longest name, in bytes.
  private static let longest = 4096

  /// Reads a name: `\` separates as `/` does, as some programs of Windows have it, and `.` counts for nothing.
  ///
  /// - Throws: ``ZipError/entry(name:reason:)`` for a name that is not UTF-8, leads out of the archive, or that no file of a
  ///   pack can have.
  init(_ name: [UInt8]) throws(ZipError) {
    guard name.count <= Self.longest, let text = String(validating: name, as: UTF8.self) else {
      throw .entry(
        name: Self.shown(name),
        reason: "has a name that is not UTF-8, or longer than \(Self.longest) bytes")
    }
    let refused = { (reason: String) in ZipError.entry(name: Self.shown(name), reason: reason) }
    guard !name.isEmpty, text.unicodeScalars.allSatisfy({ !Self.isControl($0) }) else {
      throw refused("has a name that is empty, or has control characters")
    }
    let slash = UInt8(ascii: "/")
    var bytes = name.map { $0 == UInt8(ascii: "\\") ? slash : $0 }
    isFolder = bytes.last == slash
    if isFolder { bytes.removeLast() }
    let parts = bytes.split(separator: slash, omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && !$0.elementsEqual("..".utf8) }),
      !Self.isDrive(parts[0])
    else { throw refused("leads out of the archive") }
    let kept = parts.filter { !$0.elementsEqual(".".utf8) }
    guard isFolder || kept.last == parts.last else { throw refused("is not the name of a file") }
    path = String(decoding: Array(kept.joined(separator: [slash])), as: UTF8.self)
  }

  /// Whether a part begins with a letter and a colon, which on Windows is a drive.
  private static func isDrive(_ part: some Collection<UInt8>) -> Bool {
    guard let letter = part.first, part.dropFirst().first == UInt8(ascii: ":") else { return false }
    return UInt8(ascii: "a")...UInt8(ascii: "z") ~= letter | 0x20
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || 0x7F...0x9F ~= scalar.value
  }

  /// A name for a message: at most 100 bytes, and of those that are not printable ASCII a question mark each.
  static func shown(_ name: [UInt8]) -> String {
    let bytes = name.prefix(100).map { 0x20..<0x7F ~= $0 ? $0 : UInt8(ascii: "?") }
    return String(decoding: bytes, as: UTF8.self) + (name.count > 100 ? "…" : "")
  }
}
