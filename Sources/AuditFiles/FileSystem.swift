import AuditModel
package import Glibc

/// What to throw when the system refuses a call on a path.
package typealias FileFailure<Failure: Error> = (_ path: String, _ fault: SystemError) -> Failure

/// The system calls on names, each as one function whose error names the operation and the path.
///
/// Where a caller knows better what the call was for, `else` is the error to throw. Paths become C strings for the length of
/// the call only; nothing here keeps a pointer.
package enum FileSystem {
  /// What is known of a name without following it.
  package struct Status: Equatable {
    /// What a name leads to.
    package enum Kind: Equatable {
      /// A plain file.
      case file
      /// A folder.
      case directory
      /// A symbolic link.
      case symbolicLink
      /// A device, a pipe or a socket.
      case other
    }

    /// What the name leads to.
    package var kind: Kind
    /// The permission bits.
    package var mode: UInt32
    /// The owner's number.
    package var owner: UInt32
    /// How many names it has.
    package var links: Int
    /// The size in bytes.
    package var size: Int
    /// What stays the same under every name of it.
    package var identity: Identity

    /// The number of a file, and of the file system that it lies on.
    package struct Identity: Equatable {
      /// The number of the file system.
      package var device: UInt
      /// The number of the file on it.
      package var number: UInt
    }

    /// Reads what the system returned.
    package init(_ status: stat) {
      kind =
        switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .directory
        case S_IFLNK: .symbolicLink
        default: .other
        }
      mode = status.st_mode & 0o7777
      owner = status.st_uid
      links = Int(status.st_nlink)
      size = status.st_size
      identity = Identity(device: UInt(status.st_dev), number: UInt(status.st_ino))
    }

    /// Why others may have made it, or may change it; `nil` when it is of this kind and this user's alone.
    package func strangeness(_ expected: Kind) -> String? {
      if kind != expected {
        return expected == .file ? "it is not a plain file" : "it is not a folder"
      }
      if owner != FileSystem.user { return "it belongs to user \(owner)" }
      if mode & 0o022 != 0 {
        return "others may write to it (mode 0\(String(mode, radix: 8)))"
      }
      return expected == .file && links != 1 ? "it has \(links) names" : nil
    }
  }

  /// The number of this process.
  package static var process: Int32 { getpid() }

  /// The number of the user in whose name this process acts.
  package static var user: UInt32 { geteuid() }

  /// The status of a name, a symbolic link not followed; `nil` when there is none.
  package static func status<Failure>(
    of path: String, else failure: FileFailure<Failure> = ArchiveError.cannotRead
  ) throws(Failure) -> Status? {
    var status = stat()
    do throws(SystemError) {
      try SystemError.check(path, { $1 }, unsafe lstat(path, &status))
    } catch {
      if [ENOENT, ENOTDIR].contains(error.number) { return nil }
      throw failure(path, error)
    }
    return Status(status)
  }

  /// Whether something has a name, be it a symbolic link that leads nowhere.
  package static func exists<Failure>(
    _ path: String, else failure: FileFailure<Failure> = ArchiveError.cannotCreate
  ) throws(Failure) -> Bool {
    try status(of: path, else: failure) != nil
  }

  /// Whether this process may write into a directory.
  static func checkWritable<Failure>(
    _ path: String, else failure: FileFailure<Failure>
  ) throws(Failure) {
    try SystemError.check(path, failure, unsafe access(path, W_OK | X_OK))
  }

  /// Makes a directory of mode 0700.
  package static func makeDirectory<Failure>(
    _ path: String, else failure: FileFailure<Failure> = ArchiveError.cannotCreate
  ) throws(Failure) {
    try SystemError.check(path, failure, unsafe mkdir(path, 0o700))
  }

  /// The directory that a path lies in.
  package static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Makes a directory of mode 0700 and those above it, as far as they are missing, and brings their names to the disk.
  ///
  /// Errors show the one that cannot be made, or another path that they are made for.
  package static func makeDirectories(
    _ path: String, shownAs shown: String? = nil
  ) throws(ArchiveError) {
    let failure = { ArchiveError.cannotCreate(path: shown ?? $0, fault: $1) }
    if try exists(path, else: failure) { return }
    let parent = parent(of: path)
    if parent != path { try makeDirectories(parent, shownAs: shown) }
    if path.isEmpty || path.ends(with: "/") { return }
    try makeDirectory(path, else: failure)
    try synchroniseNames(in: parent)
  }

  /// Where temporary files belong: `TMPDIR`, else `/tmp`.
  package static var temporaryFolder: String {
    // The variable's value is copied at once.
    let named = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? ""
    return named.isEmpty ? "/tmp" : named
  }

  /// Makes a directory of mode 0700 with a name of its own in the folder for temporary files.
  static func makeTemporaryFolder() throws(ArchiveError) -> String {
    var path = Array("\(temporaryFolder)/kfaudit-XXXXXX".utf8CString)
    // The six last characters are replaced within the array, which stays as long as it is.
    guard unsafe mkdtemp(&path) != nil else {
      throw .cannotUseTemporary(path: temporaryFolder, fault: .last)
    }
    return String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The path without symbolic links, `.` and `..`.
  ///
  /// - Throws: EILSEQ where a folder on the way has a name that is not UTF-8: as text the path would lead elsewhere.
  package static func realPath<Failure>(
    of path: String, else failure: FileFailure<Failure> = ArchiveError.cannotRead
  ) throws(Failure) -> String {
    try SystemError.repeating(path, failure) { () throws(SystemError) in
      // realpath allocates the result, which is copied and freed at once.
      guard let real = unsafe realpath(path, nil) else { throw .last }
      defer { unsafe free(real) }
      guard let text = unsafe String(validatingCString: real) else {
        throw SystemError(number: EILSEQ)
      }
      return text
    }
  }

  /// Gives a file a second name.
  package static func link(_ path: String, as newPath: String) throws(ArchiveError) {
    try SystemError.check(path, ArchiveError.cannotLink, unsafe Glibc.link(path, newPath))
  }

  /// Makes a symbolic link.
  static func makeSymbolicLink<Failure>(
    _ path: String, to target: String, else failure: FileFailure<Failure>
  ) throws(Failure) {
    try SystemError.check(path, failure, unsafe symlink(target, path))
  }

  /// What a symbolic link points at; `nil` when there is none.
  package static func target<Failure>(
    of path: String, else failure: FileFailure<Failure> = ArchiveError.cannotRead
  ) throws(Failure) -> String? {
    let size = Int(PATH_MAX)
    var target = [CChar](repeating: 0, count: size)
    do throws(SystemError) {
      // The array has room for as many bytes as are asked for, and only those that came are kept.
      let count = try SystemError.check(path, { $1 }, unsafe readlink(path, &target, size))
      return String(decoding: target.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    } catch {
      if [ENOENT, EINVAL].contains(error.number) { return nil }
      throw failure(path, error)
    }
  }

  /// Renames in one step; a file or link of the new name is replaced, a directory only when it is empty.
  package static func rename<Failure>(
    _ path: String, to newPath: String,
    else failure: FileFailure<Failure> = ArchiveError.cannotCreate
  ) throws(Failure) {
    try SystemError.check(newPath, failure, unsafe Glibc.rename(path, newPath))
  }

  /// Gives a plain file a name that nothing has, in one step: what is there already stays.
  static func renameNew(_ path: String, to newPath: String) throws(ArchiveError) {
    do throws(SystemError) {
      try SystemError.check(newPath, { $1 }, unsafe Glibc.link(path, newPath))
    } catch {
      if error.number == EEXIST { throw .alreadyThere(path: newPath) }
      // A file system without a second name for a file: then nothing can be done at once, and it is looked up first.
      if try exists(newPath) { throw .alreadyThere(path: newPath) }
      return try rename(path, to: newPath)
    }
    try remove(path)
  }

  /// Removes a name and, when it is a directory, everything in it; no symbolic link is followed.
  package static func remove<Failure>(
    _ path: String, else failure: FileFailure<Failure> = ArchiveError.cannotRemove
  ) throws(Failure) {
    // Of whatever cannot be removed in it, the path itself is named.
    let failure = { (_: String, fault: SystemError) in failure(path, fault) }
    switch try status(of: path, else: failure)?.kind {
    case nil: return
    case .directory:
      for name in try names(in: path, else: failure) {
        try remove(path + "/" + name, else: failure)
      }
      try SystemError.check(path, failure, unsafe rmdir(path))
    default: try SystemError.check(path, failure, unsafe unlink(path))
    }
  }

  /// The names in a directory, by bytes, without `.` and `..`; what is not UTF-8 in them is replaced.
  package static func names<Failure>(
    in path: String, else failure: FileFailure<Failure> = ArchiveError.cannotRead
  ) throws(Failure) -> [String] {
    try entries(in: path, else: failure).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The names in a directory as they are, by bytes, without `.` and `..`.
  package static func entries<Failure>(
    in path: String, else failure: FileFailure<Failure> = ArchiveError.cannotRead
  ) throws(Failure) -> [[UInt8]] {
    try SystemError.repeating(path, failure) { () throws(SystemError) in
      try entriesAtOnce(in: path).sorted { $0.lexicographicallyPrecedes($1) }
    }
  }

  private static func entriesAtOnce(in path: String) throws(SystemError) -> [[UInt8]] {
    guard let stream = unsafe opendir(path) else { throw .last }
    defer { unsafe closedir(stream) }
    var names: [[UInt8]] = []
    errno = 0
    while let entry = unsafe readdir(stream) {
      // The name ends with a zero byte within the entry, which lives until the next call.
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe Array(bytes.prefix { $0 != 0 })
      }
      if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw .last }
    return names
  }

  /// Brings the names in a directory to the disk.
  ///
  /// - Returns: whether the file system can do that: of those over a network or in user space some synchronise files only.
  @discardableResult
  static func synchroniseNames<Failure>(
    in path: String, else failure: FileFailure<Failure> = ArchiveError.cannotSynchronise
  ) throws(Failure) -> Bool {
    let folder = try OpenFile.reading(path, else: failure)
    do throws(SystemError) {
      try folder.synchronise { $1 }
      return true
    } catch {
      if [EINVAL, EBADF, EOPNOTSUPP, ENOSYS].contains(error.number) { return false }
      throw failure(path, error)
    }
  }

  /// How many bytes a process without privileges may still write where a path lies; `nil` when the file system does
  /// not say.
  package static func freeBytes(at path: String) throws(ArchiveError) -> Int? {
    var space = statvfs()
    do throws(SystemError) {
      try SystemError.check(path, { $1 }, unsafe statvfs(path, &space))
    } catch {
      if [EOPNOTSUPP, ENOSYS].contains(error.number) { return nil }
      throw .cannotRead(path: path, fault: error)
    }
    return freeBytes(of: space)
  }

  /// How many bytes are free on a file system; `nil` when it has no size, as some of those in user space say.
  static func freeBytes(of space: statvfs) -> Int? {
    if space.f_blocks == 0 || space.f_frsize == 0 { return nil }
    let bytes = space.f_bavail.multipliedReportingOverflow(by: space.f_frsize)
    return bytes.overflow ? .max : Int(clamping: bytes.partialValue)
  }
}
