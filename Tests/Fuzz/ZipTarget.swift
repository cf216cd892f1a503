import SafeZip
import TestSupport

/// Zip archives: whatever is listed stays within the archive and the limits, and what is read is as long as announced.
enum ZipTarget {
  static func run(_ bytes: [UInt8]) throws {
    var reader: ZipReader
    do {
      reader = try ZipReader(MemoryZip(bytes))
    } catch is ZipError {
      return
    }
    let entries = reader.entries
    try BrokenPromise.unless(
      entries.reduce(0) { $0 + $1.size } <= 250 * bytes.count + 16 << 20, "it is a bomb")
    var paths: Set<[UInt8]> = []
    for entry in entries where !entry.path.isEmpty {
      let path = Array(entry.path.utf8)
      try BrokenPromise.unless(paths.insert(path).inserted, "a path is there twice")
      let parts = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      try BrokenPromise.unless(
        parts.allSatisfy { !$0.isEmpty && !$0.elementsEqual("..".utf8) }, "a path leads out")
      try BrokenPromise.unless(
        path.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") },
        "a path has a control character")
      guard !entry.isFolder else { continue }
      do {
        let content = try reader.content(of: entry)
        try BrokenPromise.unless(content.count == entry.size, "it is not what is announced")
      } catch is ZipError {
        continue
      }
    }
  }
}
