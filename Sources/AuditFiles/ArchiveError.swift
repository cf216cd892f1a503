package import AuditModel
import Glibc
package import SafeGzip

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

  /// What the program answers.
  package var exitStatus: ExitStatus {
    switch self {
    case .notAFolder, .symbolicLink, .worldWritable, .groupWritable, .othersArchive, .strangeLock,
      .outputInPack, .reservedName, .strangeFile, .unusableName, .noRevision:
      .outputRefused
    case .cannotCreate(_, let fault), .cannotLink(_, let fault), .cannotLock(_, let fault),
      .cannotUseTemporary(_, let fault),
      .notWritable(_, _, let fault):
      fault.isStorageExhaustion ? .inputOutput : .outputRefused
    case .locked: .tryLater
    case .noSpace, .cannotWrite, .cannotSynchronise, .cannotRemove, .cannotRead, .unreadablePack,
      .exchanged, .cannotStart:
      .inputOutput
    case .unfinished: .internalError
    case .missing, .missingArchive, .pagesNotAFolder, .noPages, .notAFile, .undecodableName:
      .missingInput
    case .cannotDecompress, .tooLarge: .brokenData
    }
  }

  /// Whether a file is there that cannot be read: nobody knows what is in it.
  package var isUnreadable: Bool {
    if case .cannotRead = self { true } else { false }
  }

  /// Whether a file that could not be read may be read the next time: it is the disk or the process that failed.
  var isTransient: Bool {
    guard case .cannotRead(_, let fault) = self else { return false }
    return fault.number != EACCES
  }

  /// A sentence: what failed, where, what to do next.
  package var description: String {
    switch self {
    case .notAFolder(let path, let mode):
      "the archive \(path) is not a folder (mode \(octal(mode))); name a folder with --out."
    case .symbolicLink(let path, let mode):
      "the archive \(path) is a symbolic link (mode \(octal(mode))), which may lead elsewhere "
        + "tomorrow; give --out the folder itself."
    case .worldWritable(let path, let mode):
      "anyone may write to the archive \(path) (mode \(octal(mode))), and so exchange its packs; "
        + "run `chmod o-w` on it, choose another folder with --out, or say --allow-shared if that is meant."
    case .groupWritable(let path, let mode):
      "others of its group may write to the archive \(path) (mode \(octal(mode))), and so exchange its "
        + "packs; run `chmod g-w` on it, choose another folder with --out, or use --allow-shared if that is meant."
    case .othersArchive(let path, let owner):
      "the archive \(path) belongs to user \(owner), who may not be able to read what this user adds; run as "
        + "that user, change its owner, or use --allow-shared if that is meant."
    case .notWritable(let path, let mode, let fault):
      "this user may not write to the archive \(path) (mode \(octal(mode))): \(fault). Change its "
        + "mode or owner, or choose another folder with --out."
    case .noSpace(let path, let wanted, let free):
      "the file system of the archive \(path) has \(free) bytes free, and this run wants \(wanted); free "
        + "some space, or choose another folder with --out."
    case .locked(let path, let holder):
      "another run is writing to the archive \(path) (\(holder)); run again when it has ended."
    case .cannotLock(let path, let fault):
      "the archive could not be locked through \(path): \(fault). "
        + ([ENOLCK, EOPNOTSUPP, ENOSYS].contains(fault.number)
          ? "Put the archive on a file system that supports flock."
          : "Check the disk, and the file's owner and mode, then run again.")
    case .strangeLock(let path):
      "the lock \(path) must be a plain file of this user with one name, since it is written to; another one "
        + "may be a link to somebody's data. Remove it while nothing is running, and run again."
    case .outputInPack(let path, let pack):
      "\(path) lies within the pack \(pack), which must stay as it was published; use a place outside."
    case .reservedName(let path):
      "\(path) has a name that the archive around it needs for itself; use another name or a folder outside."
    case .cannotCreate(let path, let fault):
      "\(path) could not be made: \(fault). Clear the cause, or choose another place with --out, and run again."
    case .cannotLink(let path, let fault):
      "the page \(path) could not be hard-linked into the pack: \(fault). Leave --link-pages out, "
        + "or put the archive on the file system of the pages."
    case .cannotWrite(let path, let bytes, let fault):
      "\(bytes) bytes could not be written to \(path): \(fault). Free some space, or check the disk "
        + "and the limit on file sizes, then run again."
    case .cannotSynchronise(let path, let fault):
      "what was written to \(path) may not be on the disk: \(fault). The system does not say so "
        + "twice, so check the disk before you run again."
    case .cannotRemove(let path, let fault):
      "what an earlier run left in the archive \(path) could not be removed: \(fault). Remove the "
        + "names that begin with .kfaudit-tmp- and run again."
    case .cannotUseTemporary(let path, let fault):
      "temporary files cannot be created in \(TerminalText.sanitized(path)): \(fault). Set TMPDIR to a folder with free "
        + "space that this user may write to, and run again."
    case .unusableName(let name):
      "no file of a pack can be called \(String(reflecting: name)): a name may hold neither control "
        + "characters nor a backslash nor an empty part, `.` or `..`; rename the file."
    case .noRevision(let path):
      "\(path) would not be a name of a pack. Move what has the window's highest number out of the archive, and run again."
    case .exchanged(let path):
      "the page \(path) was replaced after it had been read; find out who may write to the archive, and run again."
    case .unfinished(let path):
      "the pack was to be published while \(path) was still being written. This is a fault in "
        + "kfaudit; please report it."
    case .missing(let path):
      "\(path) does not exist; check the spelling and the folder you are in."
    case .missingArchive(let path, let fault):
      "the archive \(path) cannot be listed: \(fault). Name the folder that packs were published in with --out."
    case .pagesNotAFolder(let path):
      "\(path) is no folder: name the one that the saved pages lie in."
    case .noPages(let path, let skipped):
      "the folder \(path) holds no page: save the answers of GET /Workflow/Instances there as "
        + "*.json or *.json.gz.\(skipped)"
    case .notAFile(let path):
      "the page \(path) is not a plain file, and a link or device may change after it was read; "
        + "put the file itself there."
    case .undecodableName(let folder, let name):
      "the folder \(folder) holds the page \(TerminalText.sanitized(name)), whose name is not UTF-8: no file of a pack can be called so; "
        + "rename it."
    case .cannotStart(let path, let fault):
      "\(path) could not be started: \(fault). Check that it is there and may be run, then run again."
    case .tooLarge(let path, let limit):
      "\(TerminalText.sanitized(path)) has more than \(limit) bytes, the most that a file of its kind can have; it was not read. "
        + "Take the file from a copy."
    case .cannotRead(let path, let fault):
      "\(path) could not be read: \(fault). Check its owner and mode, then run again."
    case .unreadablePack(let path, let fault):
      "\(path) could not be read, so nobody knows which pack is the newest: \(fault). Let this user read the "
        + "packs of the archive; or begin a new chain with kfaudit run --restart-chain, which records it."
    case .strangeFile(let path, let reason): "\(path) is not used: \(reason)."
    case .cannotDecompress(let path, let error):
      "the page \(path) could not be decompressed: \(error)"
    }
  }

  private func octal(_ mode: UInt32) -> String {
    let digits = String(mode, radix: 8)
    return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }
}

extension SystemError {
  /// Whether the disk is at fault, and not what was asked of it.
  fileprivate var isStorageExhaustion: Bool {
    [ENOSPC, EDQUOT, EFBIG, EIO].contains(number)
  }
}
