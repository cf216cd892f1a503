/// The records at the end of an archive, which libzip reads as well.
///
/// They are compared with the archive's size before libzip is given it, since they decide how much it reads and keeps. Only
/// what leaves no doubt is accepted: the end is the last thing in the file, and the list of entries lies directly before it.
struct ZipEnd {
  /// Where the list of entries begins, in bytes from the start.
  let directory: Int

  /// The size of the end record without a comment, of the Zip64 locator, and of the Zip64 end record.
  private static let (plainSize, locatorSize, largeSize) = (22, 20, 56)
  /// The least that an entry takes in the list.
  private static let smallestEntry = 46

  /// What a record says of the list of entries.
  private struct Directory {
    var entries: Int
    var size: Int
    var offset: Int

    /// Whether a plain record, whose fields are at most so large, says the same as this Zip64 one.
    func agrees(with plain: Directory) -> Bool {
      [
        (entries, plain.entries, 0xFFFF), (size, plain.size, Int(UInt32.max)),
        (offset, plain.offset, Int(UInt32.max)),
      ]
      .allSatisfy { value, shown, most in shown == most || shown == value }
    }
  }

  /// Reads the end.
  ///
  /// - Throws: A ``ZipError``, and what reading throws.
  init(of content: any ZipContent, _ limits: ZipLimits) throws {
    let count = min(content.size, Self.plainSize + Self.locatorSize + Self.largeSize)
    let tail = try content.read(count, at: content.size - count)
    let start = try content.read(4, at: 0)
    let plain = tail.suffix(Self.plainSize)
    guard plain.count == Self.plainSize, plain.begins(0x0605_4B50), plain.number(2, at: 20) == 0
    else { throw start.begins(0x0403_4B50) ? ZipError.noEnd : .notZip }
    guard start.begins(0x0403_4B50) else { throw ZipError.noStart }
    guard plain.number(4, at: 4) == 0, plain.number(2, at: 8) == plain.number(2, at: 10) else {
      throw ZipError.parts
    }
    var directory = Directory(
      entries: plain.number(2, at: 10), size: plain.number(4, at: 12),
      offset: plain.number(4, at: 16))
    var end = content.size - Self.plainSize
    if let large = try Self.large(in: tail, of: content.size) {
      guard large.agrees(with: directory) else { throw ZipError.falseEnd }
      directory = large
      end -= Self.locatorSize + Self.largeSize
    }
    guard directory.entries <= limits.entries else {
      throw ZipError.overLimit("\(limits.entries) entries")
    }
    guard directory.size <= limits.directory else {
      throw ZipError.overLimit("\(limits.directory) bytes in its list of entries")
    }
    // The size is within its limit, so that this cannot overflow.
    guard directory.offset == end - directory.size,
      directory.entries * Self.smallestEntry <= directory.size
    else { throw ZipError.falseEnd }
    self.directory = directory.offset
  }

  /// What the Zip64 records before the plain one say; `nil` where there are none.
  private static func large(in tail: [UInt8], of size: Int) throws(ZipError) -> Directory? {
    let locator = tail.dropLast(plainSize).suffix(locatorSize)
    guard locator.count == locatorSize, locator.begins(0x0706_4B50) else { return nil }
    let record = tail.dropLast(plainSize + locatorSize)
    guard record.count == largeSize, record.begins(0x0606_4B50),
      // What follows the record's first two fields, and where it begins.
      record.number(8, at: 4) == largeSize - 12,
      locator.number(8, at: 8) == size - plainSize - locatorSize - largeSize,
      locator.number(4, at: 4) == 0, locator.number(4, at: 16) <= 1
    else { throw .falseEnd }
    guard record.number(8, at: 16) == 0, record.number(8, at: 24) == record.number(8, at: 32) else {
      throw .parts
    }
    return Directory(
      entries: record.number(8, at: 32), size: record.number(8, at: 40),
      offset: record.number(8, at: 48))
  }
}

extension Collection<UInt8> {
  /// Whether it begins with a signature, as every record does.
  fileprivate func begins(_ signature: Int) -> Bool {
    count >= 4 && number(4, at: 0) == signature
  }

  /// A number of some bytes, the lowest first; one that is too large for `Int` is the largest.
  fileprivate func number(_ count: Int, at offset: Int) -> Int {
    let bytes = dropFirst(offset).prefix(count).reversed()
    return Int(clamping: bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }
}
