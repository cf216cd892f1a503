package import AuditModel
import Glibc
package import SafeGzip
package import SafeZip

/// Why files could not be read or written.
package enum ArchiveError: AuditFailure, Equatable {
  /// The archive is a file, or something else that holds no packs.
  case notAFolder(path: String, mode: UInt32)
  /// The archive is a symbolic link, which may point elsewhere tomorrow.
  case symbolicLink(path: String, mode: UInt32)
  /// Anyone on the machine may exchange the packs.
  case worldWritable(path: String, mode: UInt32)
  /// Others of the archive's group may exchange the packs.
  case groupWritable(path: String, mode: UInt32)
  /// The archive belongs to somebody else, who may not be able to read what this user adds.
  case othersArchive(path: String, owner: UInt32)
  /// This user may not write there.
  case notWritable(path: String, mode: UInt32, fault: SystemError)
  /// The file system has no room for what the run will write.
  case noSpace(path: String, wanted: Int, free: Int)
  /// Another run has the archive.
  case locked(path: String, holder: String)
  /// The file system does not lock.
  case cannotLock(path: String, fault: SystemError)
  /// What the lock would be written into may be somebody's data.
  case strangeLock(path: String)
  /// A file that is to be written would lie within a published pack.
  case outputInPack(path: String, pack: String)
  /// Something is to be written under a name that an archive needs for itself.
  case reservedName(path: String)
  /// A file or folder could not be made, or not put in its place.
  case cannotCreate(path: String, fault: SystemError)
  /// A page could not be hard-linked.
  case cannotLink(path: String, fault: SystemError)
  /// Bytes did not reach the disk.
  case cannotWrite(path: String, bytes: Int, fault: SystemError)
  /// What was written may not be on the disk.
  case cannotSynchronise(path: String, fault: SystemError)
  /// What a crashed run had left could not be removed.
  case cannotRemove(path: String, fault: SystemError)
  /// A name that SHA256SUMS cannot carry, or that leads out of the pack.
  case unusableName(String)
  /// A pack was to be published while this file of it was still being written.
  case unfinished(path: String)
  /// There is no such file or folder to read.
  case missing(path: String)
  /// An archive that cannot be listed.
  case missingArchive(path: String, fault: SystemError)
  /// A file where a folder of pages was asked for.
  case pagesNotAFolder(path: String)
  /// A folder of pages without a page.
  case noPages(path: String, skipped: String)
  /// A page that is a folder, a symbolic link or a device.
  case notAFile(path: String)
  /// A file has more bytes than one of its kind can have.
  case tooLarge(path: String, limit: Int)
  /// No temporary files can be made.
  case cannotUseTemporary(path: String, fault: SystemError)
  /// A file could not be read.
  case cannotRead(path: String, fault: SystemError)
  /// A pack of an archive could not be read, so that nobody knows which one is the newest.
  case unreadablePack(path: String, fault: SystemError)
  /// A file that should be this user's alone may have been made, or changed, by others.
  case strangeFile(path: String, reason: String)
  /// A page is no longer the one that was read.
  case exchanged(path: String)
  /// A window has more packs than names of packs can count.
  case noRevision(path: String)
  /// A page whose name is not UTF-8; the name with what is not replaced.
  case undecodableName(folder: String, name: String)
  /// A program could not be started.
  case cannotStart(path: String, fault: SystemError)
  /// A compressed page could not be decompressed.
  case cannotDecompress(path: String, error: GzipError)
  /// A zip archive is none, or hostile.
  case unusableZip(path: String, error: ZipError)
  /// A file that is never replaced is there already.
  case alreadyThere(path: String)

  /// Whether a file is there that cannot be read: nobody knows what is in it.
  package var isUnreadable: Bool { if case .cannotRead = self { true } else { false } }

  /// Whether a file that could not be read may be read the next time: it is the disk or the process that failed.
  package var isTransient: Bool {
    guard case .cannotRead(_, let fault) = self else { return false }
    return fault.number != EACCES
  }

  /// What failed, where, what to do next.
  package var message: Message {
    switch self {
    case .notAFolder(let path, let mode): Message(.archiveNotAFolder, path, octal(mode))
    case .symbolicLink(let path, let mode): Message(.archiveIsLink, path, octal(mode))
    case .worldWritable(let path, let mode): Message(.archiveWorldWritable, path, octal(mode))
    case .groupWritable(let path, let mode): Message(.archiveGroupWritable, path, octal(mode))
    case .othersArchive(let path, let owner): Message(.archiveOfOther, path, "\(owner)")
    case .notWritable(let path, let mode, let fault):
      storage(path, fault) ?? Message(.archiveNotWritable, path, octal(mode), "\(fault)")
    case .noSpace(let path, let wanted, let free):
      Message(.noSpace, path, "\(free)", "\(wanted)")
    case .locked(let path, let holder): Message(.archiveLocked, path, holder)
    case .cannotLock(let path, let fault):
      storage(path, fault)
        ?? Message(
          .cannotLock, path, "\(fault)",
          [ENOLCK, EOPNOTSUPP, ENOSYS].contains(fault.number)
            ? "Put the archive on a file system that supports flock."
            : "Check the disk, and the owner and mode of the file, then run again.")
    case .strangeLock(let path): Message(.unexpectedLock, path)
    case .outputInPack(let path, let pack): Message(.outputInPack, path, pack)
    case .reservedName(let path): Message(.reservedName, path)
    case .cannotCreate(let path, let fault):
      storage(path, fault) ?? Message(.cannotCreate, path, "\(fault)")
    case .cannotLink(let path, let fault):
      storage(path, fault) ?? Message(.cannotLinkPage, path, "\(fault)")
    case .cannotWrite(let path, let bytes, let fault):
      Message(.cannotWrite, "\(bytes)", path, "\(fault)")
    case .cannotSynchronise(let path, let fault): Message(.cannotSynchronise, path, "\(fault)")
    case .cannotRemove(let path, let fault): Message(.cannotRemove, path, "\(fault)")
    case .cannotUseTemporary(let path, let fault):
      storage(TerminalText.sanitized(path), fault)
        ?? Message(.cannotUseTemporary, TerminalText.sanitized(path), "\(fault)")
    case .unusableName(let name): Message(.unusableName, String(reflecting: name))
    case .noRevision(let path): Message(.noRevisionLeft, path)
    case .exchanged(let path): Message(.pageReplaced, path)
    case .unfinished(let path): Message(.unfinishedPack, path)
    case .missing(let path): Message(.missingPath, path)
    case .missingArchive(let path, let fault): Message(.unlistableArchive, path, "\(fault)")
    case .pagesNotAFolder(let path): Message(.pagesNotAFolder, path)
    case .noPages(let path, let skipped): Message(.noPages, path, skipped)
    case .notAFile(let path): Message(.pageNotAFile, path)
    case .undecodableName(let folder, let name):
      Message(.pageNameNotUTF8, folder, TerminalText.sanitized(name))
    case .cannotStart(let path, let fault): Message(.cannotStart, path, "\(fault)")
    case .tooLarge(let path, let limit):
      Message(.largeFile, TerminalText.sanitized(path), "\(limit)")
    case .cannotRead(let path, let fault): Message(.cannotRead, path, "\(fault)")
    case .unreadablePack(let path, let fault): Message(.unreadablePack, path, "\(fault)")
    case .strangeFile(let path, let reason): Message(.unexpectedFile, path, reason)
    case .cannotDecompress(let path, let error): Message(.cannotDecompress, path, "\(error)")
    case .unusableZip(let path, let error):
      Message(.unusableZip, TerminalText.sanitized(path), "\(error)")
    case .alreadyThere(let path): Message(.bundleExists, TerminalText.sanitized(path))
    }
  }

  /// The message where the disk is at fault, and not what was asked of it; `nil` otherwise.
  private func storage(_ path: String, _ fault: SystemError) -> Message? {
    fault.isStorageExhaustion ? Message(.storageFault, path, "\(fault)") : nil
  }

  private func octal(_ mode: UInt32) -> String {
    let digits = String(mode, radix: 8)
    return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }
}

extension SystemError {
  /// Whether the disk is at fault, and not what was asked of it.
  fileprivate var isStorageExhaustion: Bool { [ENOSPC, EDQUOT, EFBIG, EIO].contains(number) }
}

/// What the system answered to a call that failed.
package struct SystemError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The system's number of the error.
  package var number: Int32
  /// How many bytes are free where there was no room; `nil` where that is not what failed.
  package var freeBytes: Int?

  /// Keeps an error's number.
  package init(number: Int32) {
    self.number = number
  }

  /// The fault of the last call on this thread.
  package static var last: SystemError { SystemError(number: errno) }

  /// `ENOSPC (No space left on device, 0 bytes free)`.
  package var description: String {
    // The text is static for every known number, and copied at once.
    let text = unsafe strerror(number).map { unsafe String(cString: $0) } ?? "unknown"
    return "\(name) (\(text)\(freeBytes.map { ", \($0) bytes free" } ?? ""))"
  }

  /// Calls until no signal interrupts it, and throws when it fails.
  ///
  /// Nothing else is tried again: of a failed `fsync` the system does not tell twice.
  @discardableResult
  static func check<Result: SignedInteger>(
    _ call: @autoclosure () -> Result
  ) throws(SystemError) -> Result {
    while true {
      let result = call()
      if result >= 0 { return result }
      let fault = last
      if fault.number != EINTR { throw fault }
    }
  }

  /// The same, of a call on a path whose failure has an error of its own.
  @discardableResult
  static func check<Result: SignedInteger, Failure>(
    _ path: String, _ failure: FileFailure<Failure>, _ call: @autoclosure () -> Result
  ) throws(Failure) -> Result {
    try repeating(path, failure) { () throws(SystemError) in try check(call()) }
  }

  /// Does something with a path until no signal interrupts it, with an error of its own.
  static func repeating<Value, Failure>(
    _ path: String, _ failure: FileFailure<Failure>, _ work: () throws(SystemError) -> Value
  ) throws(Failure) -> Value {
    while true {
      do throws(SystemError) {
        try checkIsWhole(path)
        return try work()
      } catch {
        if error.number != EINTR { throw failure(path, error) }
      }
    }
  }

  /// Refuses a path with a zero byte: no file has such a path, and as a C string it would lead to the part before the byte.
  static func checkIsWhole(_ path: String) throws(SystemError) {
    if path.utf8.contains(0) { throw SystemError(number: ENOENT) }
  }

  /// The symbol of the number, which is what people search for.
  private var name: String { Self.names[number] ?? "errno \(number)" }

  private static let names: [Int32: String] = [
    EACCES: "EACCES", EDQUOT: "EDQUOT", EEXIST: "EEXIST", EFBIG: "EFBIG", EILSEQ: "EILSEQ",
    EINTR: "EINTR",
    EINVAL: "EINVAL", EIO: "EIO", EISDIR: "EISDIR", ELOOP: "ELOOP", EMFILE: "EMFILE",
    EMLINK: "EMLINK", ENAMETOOLONG: "ENAMETOOLONG", ENFILE: "ENFILE", ENOENT: "ENOENT",
    ENOLCK: "ENOLCK", ENOSPC: "ENOSPC", ENOTDIR: "ENOTDIR", ENOTEMPTY: "ENOTEMPTY",
    EOPNOTSUPP: "EOPNOTSUPP", EPERM: "EPERM", EROFS: "EROFS", EWOULDBLOCK: "EWOULDBLOCK",
    EXDEV: "EXDEV",
  ]
}
