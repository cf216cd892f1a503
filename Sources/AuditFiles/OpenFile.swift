private import CProcess
import Glibc

/// An open file or directory, closed when it goes.
package struct OpenFile: ~Copyable {
  private let descriptor: Int32
  /// The path for errors.
  private let path: String

  deinit {
    // Everything that matters was synchronised before; a failing close has nothing to add.
    _ = close(descriptor)
  }

  /// Opens a path: no symbolic link as its last part unless it is to be followed, nothing left open in a child process.
  private init<Failure>(
    _ path: String, shownAs shown: String? = nil, _ flags: Int32, follows: Bool = false,
    mode: mode_t = 0o600, else failure: FileFailure<Failure>
  ) throws(Failure) {
    self.path = shown ?? path
    let flags = flags | O_CLOEXEC | (follows ? 0 : O_NOFOLLOW)
    // The path becomes a C string for the length of the call.
    descriptor = try SystemError.check(self.path, failure, unsafe open(path, flags, mode))
  }

  /// Makes a file of mode 0600, or 0700; one that exists is not touched.
  ///
  /// Errors show the path that the file will have in the end, where it is made under another name.
  package static func creating(
    _ path: String, shownAs shown: String? = nil, isExecutable: Bool = false
  ) throws(ArchiveError) -> OpenFile {
    try OpenFile(
      path, shownAs: shown, O_WRONLY | O_CREAT | O_EXCL, mode: isExecutable ? 0o700 : 0o600,
      else: ArchiveError.cannotCreate)
  }

  /// Opens a file to hold a lock and a note, and makes it when there is none.
  static func forLocking(_ path: String) throws(ArchiveError) -> OpenFile {
    try OpenFile(path, O_RDWR | O_CREAT | O_NONBLOCK, else: ArchiveError.cannotLock)
  }

  /// Opens a file to add to it, and makes it when there is none; beyond its first bytes, what it holds is cut off.
  package static func adding(to path: String, keeping bytes: Int) throws(ArchiveError) -> OpenFile {
    let failure = ArchiveError.cannotCreate
    let file = try OpenFile(path, O_WRONLY | O_CREAT, else: failure)
    try SystemError.check(path, failure, ftruncate(file.descriptor, bytes))
    try SystemError.check(path, failure, lseek(file.descriptor, 0, SEEK_END))
    return file
  }

  /// Makes a file of mode 0600 to write and to read, and takes its name away: it is gone when it is closed.
  static func nameless(_ path: String) throws(ArchiveError) -> OpenFile {
    let file = try OpenFile(path, O_RDWR | O_CREAT | O_EXCL, else: ArchiveError.cannotCreate)
    try FileSystem.remove(path, else: ArchiveError.cannotCreate)
    return file
  }

  /// Opens for reading; a symbolic link is refused unless it is to be followed, and a FIFO does not block.
  package static func reading<Failure>(
    _ path: String, follows: Bool = false, else failure: FileFailure<Failure>
  ) throws(Failure) -> OpenFile {
    try OpenFile(path, O_RDONLY | O_NONBLOCK, follows: follows, else: failure)
  }

  /// What it is.
  package func status<Failure>(
    else failure: FileFailure<Failure> = ArchiveError.cannotRead
  ) throws(Failure) -> FileSystem.Status {
    var status = stat()
    try SystemError.check(path, failure, unsafe fstat(descriptor, &status))
    return FileSystem.Status(status)
  }

  /// Writes all bytes from here on, or at a place, wherever other reads and writes are; short writes and interruptions are
  /// carried on.
  package func write(
    _ bytes: borrowing Span<UInt8>, at offset: Int? = nil
  ) throws(ArchiveError) {
    let count = bytes.count
    try write(bytes, at: offset) { ArchiveError.cannotWrite(path: $0, bytes: count, fault: $1) }
  }

  /// Writes all bytes, with another error.
  package func write<Failure>(
    _ bytes: borrowing Span<UInt8>, at offset: Int? = nil, else failure: FileFailure<Failure>
  ) throws(Failure) {
    // The buffer lives for the call, and the counts keep every write inside it.
    try unsafe bytes.withUnsafeBytes { buffer throws(Failure) in
      var written = 0
      while written < buffer.count {
        do throws(SystemError) {
          written += try SystemError.check(
            unsafe Self.put(
              buffer.baseAddress?.advanced(by: written), buffer.count - written,
              at: offset.map { $0 + written }, into: descriptor))
        } catch {
          throw failure(path, withFreeBytes(error))
        }
      }
    }
  }

  private static func put(
    _ start: UnsafeRawPointer?, _ count: Int, at offset: Int?, into descriptor: Int32
  ) -> Int {
    if let offset { return unsafe pwrite(descriptor, start, count, offset) }
    return unsafe Glibc.write(descriptor, start, count)
  }

  /// A fault with how much room there is, when it is room that is missing.
  private func withFreeBytes(_ fault: SystemError) -> SystemError {
    var fault = fault
    var space = statvfs()
    guard fault.number == ENOSPC, unsafe fstatvfs(descriptor, &space) == 0 else { return fault }
    fault.freeBytes = FileSystem.freeBytes(of: space)
    return fault
  }

  /// Everything from here to the end; what is more than a number of bytes is refused before it is read.
  package func read(atMost limit: Int) throws(ArchiveError) -> [UInt8] {
    var content: [UInt8] = []
    let size = try status().size
    guard size <= limit else { throw .tooLarge(path: path, limit: limit) }
    // One byte more than expected, so that the end is seen without a second buffer.
    var room = size + 1
    while true {
      let piece = try read(upTo: room, else: ArchiveError.cannotRead)
      if piece.isEmpty { return content }
      // As a rule the first piece is the whole file: then nothing is copied.
      if content.isEmpty { content = piece } else { content += piece }
      guard content.count <= limit else { throw .tooLarge(path: path, limit: limit) }
      room = 65_536
    }
  }

  /// What comes next, as much as is read at a time; nothing at the end.
  func nextPiece() throws(ArchiveError) -> [UInt8] {
    try read(upTo: FileLimit.piece, else: ArchiveError.cannotRead)
  }

  /// Some bytes from a place on, wherever other reads and writes are; fewer where the file ends.
  package func read<Failure>(
    _ count: Int, at offset: Int, else failure: FileFailure<Failure> = ArchiveError.cannotRead
  ) throws(Failure) -> [UInt8] {
    var content = try read(upTo: count, at: offset, else: failure)
    while content.count < count {
      let piece = try read(
        upTo: count - content.count, at: offset + content.count, else: failure)
      if piece.isEmpty { break }
      content += piece
    }
    return content
  }

  /// What one call reads at a place, or from here on.
  private func read<Failure>(
    upTo room: Int, at offset: Int? = nil, else failure: FileFailure<Failure>
  ) throws(Failure) -> [UInt8] {
    var fault: SystemError?
    // The buffer has room for as many bytes as are asked for, and only those that came are kept.
    let piece = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      repeat {
        let result =
          if let offset {
            unsafe pread(descriptor, buffer.baseAddress, room, offset)
          } else {
            unsafe Glibc.read(descriptor, buffer.baseAddress, room)
          }
        fault = result < 0 ? .last : nil
        count = max(0, result)
      } while fault?.number == EINTR
    }
    if let fault { throw failure(path, fault) }
    return piece
  }

  /// Cuts the file to nothing and begins again at its start.
  func clear<Failure>(else failure: FileFailure<Failure>) throws(Failure) {
    try SystemError.check(path, failure, ftruncate(descriptor, 0))
    try SystemError.check(path, failure, lseek(descriptor, 0, SEEK_SET))
  }

  /// Shares another file's blocks, which costs neither time nor space; `false` where the file system cannot.
  func clone(_ source: borrowing OpenFile) -> Bool {
    // FICLONE of linux/fs.h, _IOW(0x94, 9, int): a macro that Swift does not import.
    ioctl(descriptor, 0x4004_9409, source.descriptor) == 0
  }

  /// Takes the kernel's lock, which a dead process cannot hold; `false` when another open file has it.
  func lock() throws(ArchiveError) -> Bool {
    do throws(SystemError) {
      try SystemError.check(flock(descriptor, LOCK_EX | LOCK_NB))
      return true
    } catch {
      if error.number == EWOULDBLOCK { return false }
      throw .cannotLock(path: path, fault: error)
    }
  }

  /// Gives the lock back, also where a process that is being started holds the file open for a moment still.
  func unlock() { _ = flock(descriptor, LOCK_UN) }

  /// Has the disk begin with what was written so far, while the program goes on; `synchronise(else:)` then has little
  /// left to wait for.
  ///
  /// Where the file system cannot do that nothing is lost: what has reached the disk, only that other call says.
  func beginWriteBack() { _ = begin_write_back(descriptor) }

  /// Waits until everything written is on the disk.
  package func synchronise<Failure>(
    else failure: FileFailure<Failure> = ArchiveError.cannotSynchronise
  ) throws(Failure) {
    try SystemError.check(path, failure, fsync(descriptor))
  }
}

/// Puts lines together from pieces that end anywhere; however long a line, each byte is looked at once.
struct LineSplitter {
  /// The longest line that is read, in bytes.
  let limit: Int
  /// The beginning of a line whose end has not come yet.
  private var pending: [UInt8] = []

  /// A line is longer than any that is read.
  struct LongLine: Error {}

  init(limit: Int) {
    self.limit = limit
  }

  /// Calls with each line that ends in a piece, without its newline; empty ones are left out.
  mutating func add(
    _ piece: some Collection<UInt8>, _ body: (ArraySlice<UInt8>) throws -> Void
  ) throws {
    var rest = piece[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      pending += rest[..<end]
      try finish(body)
      rest = rest[rest.index(after: end)...]
    }
    pending += rest
    guard pending.count <= limit else { throw LongLine() }
  }

  /// Calls with the last line, which no newline ends.
  mutating func finish(_ body: (ArraySlice<UInt8>) throws -> Void) throws {
    if !pending.isEmpty { try body(pending[...]) }
    pending.removeAll(keepingCapacity: true)
  }

  /// Calls with each line of a file that comes piece by piece, with an empty one at its end; memory holds one piece and one
  /// line.
  static func read(
    _ path: String, _ next: () throws -> [UInt8], _ body: (ArraySlice<UInt8>) throws -> Void
  ) throws {
    var lines = LineSplitter(limit: FileLimit.line)
    do {
      while case let piece = try next(), !piece.isEmpty { try lines.add(piece, body) }
      try lines.finish(body)
    } catch is LongLine {
      throw ArchiveError.tooLarge(path: path, limit: FileLimit.line)
    }
  }
}
