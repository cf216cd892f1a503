import CZip
import Glibc

/// Bytes of ours that libzip reads, or writes, through its calls of one function.
///
/// libzip keeps it, and lets go of it in its last call.
@safe final class ZipStream {
  /// What a stream does.
  private enum Work {
    case reads(any ZipContent)
    case writes(any ZipTarget)
  }

  private let work: Work
  /// Where the next read or write begins.
  private var offset = 0
  /// How many bytes there are.
  private var size: Int
  /// How many bytes may be read, until somebody says otherwise.
  var allowance = Int.max
  /// Why a call failed, which libzip would have as a number only.
  private(set) var failure: (any Error)?
  /// The same for libzip.
  private var error = unsafe zip_error_t()

  /// The most that is read at a time.
  private static let piece = 1 << 20

  /// Reads bytes.
  init(reading content: any ZipContent) {
    work = .reads(content)
    size = content.size
  }

  /// Writes bytes.
  init(writing target: any ZipTarget) {
    work = .writes(target)
    size = 0
  }

  /// Makes what libzip takes.
  func source() throws(ZipError) -> OpaquePointer {
    // libzip gives the retained pointer back with ZIP_SOURCE_FREE, its last call.
    let stream = unsafe Unmanaged.passRetained(self)
    let source = unsafe zip_source_function_create(
      { stream, data, count, command in
        guard let stream = unsafe stream else { return -1 }
        let own = unsafe Unmanaged<ZipStream>.fromOpaque(stream)
        if command == ZIP_SOURCE_FREE {
          unsafe own.release()
          return 0
        }
        return unsafe own.takeUnretainedValue().answer(command, data, count)
      }, stream.toOpaque(), nil)
    guard let source = unsafe source else {
      unsafe stream.release()
      throw .outOfMemory
    }
    return unsafe source
  }

  /// Opens the archive that it reads or writes.
  ///
  /// - Throws: ``ZipError/refused(reason:)``, or why a call failed.
  func open(_ flags: Int32) throws -> OpaquePointer {
    let source = unsafe try source()
    // Not the stream's own, which its answers write to meanwhile.
    var error = unsafe zip_error_t()
    unsafe zip_error_init(&error)
    defer { unsafe zip_error_fini(&error) }
    if let archive = unsafe zip_open_from_source(source, flags, &error) { return unsafe archive }
    // A source that was not taken over is still the caller's.
    unsafe zip_source_free(source)
    throw unsafe failure ?? ZipError(&error)
  }

  deinit {
    unsafe zip_error_fini(&error)
  }

  /// Does what libzip asks; the buffer is its own, of so many bytes, for the length of the call.
  @unsafe private func answer(
    _ command: zip_source_cmd_t, _ data: UnsafeMutableRawPointer?, _ count: UInt64
  ) -> Int64 {
    switch command {
    case ZIP_SOURCE_SUPPORTS: return Self.supported(isWritable: target != nil)
    case ZIP_SOURCE_OPEN, ZIP_SOURCE_BEGIN_WRITE:
      offset = 0
      return 0
    case ZIP_SOURCE_CLOSE:
      if case .reads(let content) = work { content.close() }
      return 0
    case ZIP_SOURCE_COMMIT_WRITE, ZIP_SOURCE_ROLLBACK_WRITE, ZIP_SOURCE_REMOVE: return 0
    case ZIP_SOURCE_STAT:
      guard let stat = unsafe data?.assumingMemoryBound(to: zip_stat_t.self) else { return -1 }
      unsafe zip_stat_init(stat)
      unsafe stat.pointee.size = UInt64(size)
      unsafe stat.pointee.valid = UInt64(ZIP_STAT_SIZE)
      return unsafe Int64(MemoryLayout<zip_stat_t>.size)
    case ZIP_SOURCE_ERROR:
      guard let data = unsafe data else { return -1 }
      return unsafe zip_error_to_data(&error, data, count)
    case ZIP_SOURCE_TELL, ZIP_SOURCE_TELL_WRITE: return Int64(offset)
    case ZIP_SOURCE_SEEK, ZIP_SOURCE_SEEK_WRITE:
      guard let data = unsafe data else { return -1 }
      let place = unsafe zip_source_seek_compute_offset(
        UInt64(offset), UInt64(size), data, count, &error)
      guard place >= 0 else { return -1 }
      offset = Int(place)
      return 0
    case ZIP_SOURCE_READ:
      let buffer = unsafe UnsafeMutableRawBufferPointer(start: data, count: Int(clamping: count))
      return trying(ZIP_ER_READ) { try unsafe read(into: buffer) }
    case ZIP_SOURCE_WRITE:
      let buffer = unsafe UnsafeRawBufferPointer(start: data, count: Int(clamping: count))
      return trying(ZIP_ER_WRITE) { try unsafe write(buffer) }
    default:
      unsafe zip_error_set(&error, ZIP_ER_OPNOTSUPP, 0)
      return -1
    }
  }

  private var target: (any ZipTarget)? {
    if case .writes(let target) = work { target } else { nil }
  }

  @unsafe private func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard case .reads(let content) = work else { return 0 }
    let bytes = try content.read(min(buffer.count, Self.piece), at: offset)
    allowance -= bytes.count
    guard allowance >= 0 else { throw ZipError.overLimit("it can list") }
    unsafe buffer.copyBytes(from: bytes)
    offset += bytes.count
    return bytes.count
  }

  @unsafe private func write(_ buffer: UnsafeRawBufferPointer) throws -> Int {
    guard let target else { return 0 }
    try unsafe target.write(Array(buffer), at: offset)
    offset += buffer.count
    size = max(size, offset)
    return buffer.count
  }

  /// Counts bytes, or keeps why there are none.
  private func trying(_ code: Int32, _ work: () throws -> Int) -> Int64 {
    do {
      return Int64(try work())
    } catch {
      failure = failure ?? error
      unsafe zip_error_set(&self.error, code, EIO)
      return -1
    }
  }

  /// The bits of the calls that are answered.
  private static func supported(isWritable: Bool) -> Int64 {
    var commands = [
      ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR,
      ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_SUPPORTS,
    ]
    if isWritable {
      commands += [
        ZIP_SOURCE_BEGIN_WRITE, ZIP_SOURCE_COMMIT_WRITE, ZIP_SOURCE_ROLLBACK_WRITE,
        ZIP_SOURCE_WRITE, ZIP_SOURCE_SEEK_WRITE, ZIP_SOURCE_TELL_WRITE, ZIP_SOURCE_REMOVE,
      ]
    }
    return commands.reduce(0) { $0 | 1 << Int64($1.rawValue) }
  }
}

/// Bytes that are read for an archive: the archive itself, or a file that is put into one.
package protocol ZipContent: AnyObject {
  /// How many there are.
  var size: Int { get }

  /// Some of them from an offset on; fewer at the end, none behind it.
  func read(_ count: Int, at offset: Int) throws -> [UInt8]

  /// Gives back what reading needs; it may be read again.
  func close()
}

/// Where an archive is written.
package protocol ZipTarget: AnyObject {
  /// Puts bytes at an offset, over what is there.
  func write(_ bytes: [UInt8], at offset: Int) throws
}
