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

  /// The folders that it lies in, from the outermost.
  var parents: [String] {
    var parents: [String] = []
    for index in path.utf8.indices where path.utf8[index] == UInt8(ascii: "/") {
      parents.append(String(path[..<index]))
    }
    return parents
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
