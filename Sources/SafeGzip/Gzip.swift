import CDeflate

/// Decompresses gzip of any number of members, up to a limit.
@safe package struct GzipDecompressor: ~Copyable {
  /// What one attempt at a member came to.
  private enum Attempt {
    case decompressed([UInt8], consumed: Int)
    case capacityTooSmall
    case notGzip
  }

  /// Made by libdeflate, never nil, owned by this value alone and freed with it.
  private let tables: OpaquePointer

  /// Allocates the tables.
  package init() throws(GzipError) {
    guard let tables = unsafe libdeflate_alloc_decompressor() else { throw .outOfMemory }
    unsafe self.tables = tables
  }

  deinit {
    unsafe libdeflate_free_decompressor(tables)
  }

  /// The content of all members, joined.
  ///
  /// The output never takes more memory than the limit, whatever the input claims or expands to.
  ///
  /// - Throws: ``GzipError/notGzip(offset:)`` at the first member that is not whole and sound, trailing bytes
  ///   and empty input included; ``GzipError/overLimit(_:)``.
  package mutating func decompress(_ bytes: [UInt8], limit: Int) throws(GzipError) -> [UInt8] {
    var content: [UInt8] = []
    var offset = 0
    repeat {
      let member = try self.member(
        of: bytes, from: offset, limit: limit, left: limit - content.count)
      // The only member, as a rule: then its array is the answer and nothing is copied.
      if offset == 0 { content = member.content } else { content += member.content }
      offset += member.consumed
    } while offset < bytes.count
    return content
  }

  private mutating func member(
    of bytes: [UInt8], from offset: Int, limit: Int, left: Int
  ) throws(GzipError) -> (content: [UInt8], consumed: Int) {
    var capacity = min(left, likelySize(of: bytes, from: offset))
    while true {
      switch attempt(bytes, from: offset, capacity: capacity) {
      case .decompressed(let content, let consumed): return (content, consumed)
      case .notGzip: throw .notGzip(offset: offset)
      case .capacityTooSmall:
        guard capacity < left else { throw .overLimit(limit) }
        capacity = min(left, capacity * 2)
      }
    }
  }

  /// The size the last member claims, unless deflate, which expands at most 1032 times, cannot reach it.
  private func likelySize(of bytes: [UInt8], from offset: Int) -> Int {
    let count = bytes.count - offset
    let claimed = bytes.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    return max(claimed <= count * 1032 ? claimed : 0, count, 64)
  }

  private mutating func attempt(_ bytes: [UInt8], from offset: Int, capacity: Int) -> Attempt {
    var result = LIBDEFLATE_BAD_DATA
    var consumed = 0
    // Both buffers live for the whole call, and libdeflate stays within the counts given; on any failure
    // the array is empty, since nothing in it may be taken as initialised.
    let content = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
      unsafe bytes[offset...].withUnsafeBytes { input in
        result = unsafe libdeflate_gzip_decompress_ex(
          tables, input.baseAddress, input.count, output.baseAddress, capacity, &consumed, &count)
      }
      if result != LIBDEFLATE_SUCCESS { count = 0 }
    }
    switch result {
    case LIBDEFLATE_SUCCESS: return .decompressed(content, consumed: consumed)
    case LIBDEFLATE_INSUFFICIENT_SPACE: return .capacityTooSmall
    default: return .notGzip
    }
  }
}

/// Why bytes could not be compressed or decompressed.
package enum GzipError: Error, Sendable, Equatable, CustomStringConvertible {
  /// libdeflate had no memory for its tables.
  case outOfMemory
  /// The bytes at this offset are not a whole, sound gzip member.
  case notGzip(offset: Int)
  /// The content is larger than this many bytes.
  case overLimit(Int)

  /// A sentence: what failed, where, what to do next.
  package var description: String {
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

/// Compresses to gzip, fast rather than small; keep one for many pages, because its tables are large.
///
/// The header names neither a time nor a file, so that the same bytes give the same bytes.
@safe package struct GzipCompressor: ~Copyable {
  /// Made by libdeflate, never nil, owned by this value alone and freed with it.
  private let tables: OpaquePointer

  /// Allocates the tables.
  package init() throws(GzipError) {
    // Level 1: evidence is compressed while the network is waited for.
    guard let tables = unsafe libdeflate_alloc_compressor(1) else { throw .outOfMemory }
    unsafe self.tables = tables
  }

  deinit {
    unsafe libdeflate_free_compressor(tables)
  }

  /// The bytes as one gzip member.
  package mutating func compress(_ bytes: [UInt8]) -> [UInt8] {
    let bound = unsafe libdeflate_gzip_compress_bound(tables, bytes.count)
    // Both buffers live for the whole call, and libdeflate stays within the counts given.
    return unsafe [UInt8](unsafeUninitializedCapacity: bound) { output, count in
      unsafe bytes.withUnsafeBytes { input in
        count = unsafe libdeflate_gzip_compress(
          tables, input.baseAddress, input.count, output.baseAddress, bound)
      }
      // Zero means "does not fit", which the bound excludes.
      precondition(count > 0)
    }
  }
}
