package import SafeZip

/// An archive, or a file of one, in memory.
package final class MemoryZip: ZipContent, ZipTarget {
  /// Its bytes.
  package private(set) var bytes: [UInt8]

  package init(_ bytes: [UInt8] = []) {
    self.bytes = bytes
  }

  package var size: Int { bytes.count }

  package func read(_ count: Int, at offset: Int) -> [UInt8] {
    offset < bytes.count ? Array(bytes[offset..<min(bytes.count, offset + count)]) : []
  }

  package func write(_ new: [UInt8], at offset: Int) {
    bytes += Array(repeating: 0, count: max(0, offset + new.count - bytes.count))
    bytes.replaceSubrange(offset..<offset + new.count, with: new)
  }

  package func close() {}
}

extension ZipReader {
  /// All bytes of an entry.
  package mutating func content(of entry: ZipEntry) throws -> [UInt8] {
    var content: [UInt8] = []
    while true {
      let piece = try read(10_000, of: entry, at: content.count)
      if piece.isEmpty { return content }
      content += piece
    }
  }
}
