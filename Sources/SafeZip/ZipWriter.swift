import CZip
import Glibc

/// A zip archive that is written: the same files give the same bytes, since each has the same time and mode.
@safe package struct ZipWriter: ~Copyable {
  /// Made by libzip, owned by this value alone and freed with it; `nil` when it is written.
  private var archive: OpaquePointer?
  private let stream: ZipStream
  /// What is put in, which is read only in the end.
  private var contents: [ZipStream] = []

  /// The first day that an entry can have, 1 January 1980, at midnight; and a plain file that its owner writes and all read.
  private static let (date, time): (UInt16, UInt16) = (1 << 5 | 1, 0)
  private static let attributes = UInt32(S_IFREG | 0o644) << 16

  /// Begins an archive.
  ///
  /// - Throws: A ``ZipError``.
  package init(to target: any ZipTarget) throws {
    let stream = ZipStream(writing: target)
    self.stream = stream
    unsafe archive = try stream.open(ZIP_CREATE | ZIP_TRUNCATE)
  }

  deinit {
    if let archive = unsafe archive { unsafe zip_discard(archive) }
  }

  /// Adds a file, which is read when the archive is finished; one that is compressed already is stored as it is.
  package mutating func add(
    _ path: String, _ content: any ZipContent, isStored: Bool
  ) throws(ZipError) {
    guard let archive = unsafe archive else { return }
    let stream = ZipStream(reading: content)
    let source = unsafe try stream.source()
    contents.append(stream)
    // libzip copies the path, and owns the source from here on.
    let index = unsafe zip_file_add(archive, path, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
    guard index >= 0 else {
      unsafe zip_source_free(source)
      throw unsafe ZipError(zip_get_error(archive))
    }
    let number = UInt64(index)
    let method = isStored || content.size == 0 ? ZIP_CM_STORE : ZIP_CM_DEFLATE
    guard unsafe zip_set_file_compression(archive, number, method, 0) == 0,
      unsafe zip_file_set_dostime(archive, number, Self.time, Self.date, 0) == 0,
      unsafe zip_file_set_external_attributes(
        archive, number, 0, UInt8(ZIP_OPSYS_UNIX), Self.attributes) == 0
    else { throw unsafe ZipError(zip_get_error(archive)) }
  }

  /// Reads the files and writes the archive.
  ///
  /// - Throws: A ``ZipError``, and what reading and writing throw.
  package mutating func finish() throws {
    guard let archive = unsafe archive else { return }
    guard unsafe zip_close(archive) != 0 else {
      unsafe self.archive = nil
      return
    }
    let failures = (contents + [stream]).compactMap(\.failure)
    throw failures.first ?? (unsafe ZipError(zip_get_error(archive)))
  }
}
