/// Why bytes could not be compressed or decompressed.
public enum GzipError: Error, Sendable, Equatable, CustomStringConvertible {
  /// libdeflate had no memory for its tables.
  case outOfMemory
  /// The bytes at this offset are not a whole, sound gzip member.
  case notGzip(offset: Int)
  /// The content is larger than this many bytes.
  case overLimit(Int)

  /// A sentence: what failed, where, what to do next.
  public var description: String {
    switch self {
    case .outOfMemory:
      "there was no memory for libdeflate's tables; free some and run again."
    case .notGzip(let offset):
      "the bytes from offset \(offset) are not a whole gzip member: the header, the data or the "
        + "checksum is wrong, or the end is missing; try `gzip -t`, and fetch the file again."
    case .overLimit(let limit):
      "the content is larger than \(limit) bytes, which is the limit on decompressed data; "
        + "check that the file is what it should be."
    }
  }
}
