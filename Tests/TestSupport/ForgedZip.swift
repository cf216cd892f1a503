/// A zip archive made field by field, so that each may be false.
package struct ForgedZip: Sendable {
  /// An entry: what its own head says, and what the list says where that differs.
  package struct Entry: Sendable {
    package var name: [UInt8]
    /// The bytes as they lie in the archive.
    package var data: [UInt8]
    package var method: UInt16 = 0
    package var flags: UInt16 = 0
    package var crc: UInt32
    package var compressedSize: UInt32
    package var size: UInt32
    /// The mode of Unix in the upper half, what MS-DOS says in the lower.
    package var attributes: UInt32 = 0o100644 << 16
    package var system: UInt16 = 3
    /// The extra field of the list.
    package var extra: [UInt8] = []
    package var comment: [UInt8] = []
    /// The name in its own head.
    package var localName: [UInt8]?
    /// Where the list says that it begins; `nil` for where it does.
    package var offset: UInt32?

    /// A stored file.
    package init(_ name: String, _ data: [UInt8] = Array("text\n".utf8)) {
      self.name = Array(name.utf8)
      self.data = data
      crc = ForgedZip.crc(of: data)
      compressedSize = UInt32(data.count)
      size = UInt32(data.count)
    }

    /// The same with some fields changed.
    package func with(_ change: (inout Entry) -> Void) -> Entry {
      var copy = self
      change(&copy)
      return copy
    }
  }

  /// The records at the end.
  package struct End: Sendable {
    package var disk: UInt16 = 0
    package var entries: UInt16
    package var entriesHere: UInt16
    package var size: UInt32
    package var offset: UInt32
    package var comment: [UInt8] = []
    /// What stands before the record: a Zip64 record and its locator.
    package var large: [UInt8] = []
  }

  package var entries: [Entry]
  /// What comes before the first entry and counts in no offset.
  package var leading: [UInt8] = []
  package var trailing: [UInt8] = []
  /// Changes the end, knowing where it begins.
  package var changeEnd: @Sendable (inout End, Int) -> Void = { _, _ in }

  package init(_ entries: [Entry]) {
    self.entries = entries
  }

  /// The archive.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    var list: [UInt8] = []
    for entry in entries {
      let offset = entry.offset ?? UInt32(bytes.count)
      let name = entry.localName ?? entry.name
      bytes += Self.words(0x0403_4B50, 4) + Self.head(entry)
      bytes += Self.words(name.count, 2) + Self.words(0, 2) + name + entry.data
      list += Self.words(0x0201_4B50, 4) + Self.words(Int(entry.system) << 8 | 20, 2)
      list += Self.head(entry) + Self.words(entry.name.count, 2) + Self.words(entry.extra.count, 2)
      list += Self.words(entry.comment.count, 2) + Self.words(0, 4)
      list += Self.words(Int(entry.attributes), 4) + Self.words(Int(offset), 4)
      list += entry.name + entry.extra + entry.comment
    }
    var end = End(
      entries: UInt16(truncatingIfNeeded: entries.count),
      entriesHere: UInt16(truncatingIfNeeded: entries.count), size: UInt32(list.count),
      offset: UInt32(bytes.count))
    changeEnd(&end, bytes.count + list.count)
    bytes += list + end.large + Self.words(0x0605_4B50, 4)
    bytes += Self.words(Int(end.disk), 2) + Self.words(Int(end.disk), 2)
    bytes += Self.words(Int(end.entriesHere), 2) + Self.words(Int(end.entries), 2)
    bytes += Self.words(Int(end.size), 4) + Self.words(Int(end.offset), 4)
    bytes += Self.words(end.comment.count, 2) + end.comment
    return leading + bytes + trailing
  }

  /// A Zip64 end record and its locator.
  package static func large(
    entries: Int, size: Int, offset: Int, recordAt place: Int, length: Int = 44
  ) -> [UInt8] {
    let record =
      words(0x0606_4B50, 4) + words(length, 8) + words(45, 2) + words(45, 2) + words(0, 8)
      + words(entries, 8) + words(entries, 8) + words(size, 8) + words(offset, 8)
    return record + words(0x0706_4B50, 4) + words(0, 4) + words(place, 8) + words(1, 4)
  }

  /// A number in so many bytes, the lowest first.
  package static func words(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  /// What an entry's own head and the list have in common.
  private static func head(_ entry: Entry) -> [UInt8] {
    words(20, 2) + words(Int(entry.flags), 2) + words(Int(entry.method), 2) + words(0, 2)
      + words(0x21, 2) + words(Int(entry.crc), 4) + words(Int(entry.compressedSize), 4)
      + words(Int(entry.size), 4)
  }

  /// CRC-32 as zip has it (ISO 3309), a bit at a time.
  package static func crc(of bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in
        crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0)
      }
    }
  }
}
