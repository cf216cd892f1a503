import CDeflate

/// Compresses to gzip, fast rather than small; keep one for many pages, because its tables are large.
///
/// The header names neither a time nor a file, so that the same bytes give the same bytes.
@safe package struct GzipCompressor: ~Copyable {
  /// Made by libdeflate, never nil, owned by this value alone and freed with it.
  private let tables: OpaquePointer

  /// Allocates the tables.
  ///
  /// - Throws: ``GzipError/outOfMemory``.
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
