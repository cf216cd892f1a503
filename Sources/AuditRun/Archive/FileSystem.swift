import Glibc

/// The system calls on names, each as one function that throws what the system answered.
///
/// Paths become C strings for the length of the call only; nothing here keeps a pointer.
enum FileSystem {
  /// What is known of a name without following it.
  struct Status: Equatable {
    enum Kind: Equatable {
      case file
      case directory
      case symbolicLink
      case other
    }

    var kind: Kind
    /// The permission bits.
    var mode: UInt32
    /// The owner's number.
    var owner: UInt32
    /// The size in bytes.
    var size: Int
    /// When the content last changed, in nanoseconds since 1970.
    var modified: Int

    init(_ status: stat) {
      kind =
        switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .directory
        case S_IFLNK: .symbolicLink
        default: .other
        }
      mode = status.st_mode & 0o7777
      owner = status.st_uid
      size = status.st_size
      modified = status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
    }
  }

  /// The number of this process.
  static var process: Int32 { getpid() }

  /// The number of the user in whose name this process acts.
  static var user: UInt32 { geteuid() }

  /// The status of a name, a symbolic link not followed; `nil` when there is none.
  static func status(of path: String) throws(SystemFault) -> Status? {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else {
      let fault = SystemFault.last
      if fault.number == ENOENT { return nil }
      throw fault
    }
    return Status(status)
  }

  /// Whether this process may write into a directory.
  static func checkWritable(_ path: String) throws(SystemFault) {
    try check(unsafe access(path, W_OK | X_OK))
  }

  /// Makes a directory of mode 0700, whatever the umask.
  static func makeDirectory(_ path: String) throws(SystemFault) {
    try check(unsafe mkdir(path, 0o700))
    try check(unsafe chmod(path, 0o700))
  }

  /// Makes a directory of mode 0700 and those above it, as far as they are missing.
  static func makeDirectories(_ path: String) throws(SystemFault) {
    if unsafe access(path, F_OK) == 0 { return }
    if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      try makeDirectories(String(path[..<slash]))
    }
    if path.isEmpty || path.hasSuffix("/") { return }
    try makeDirectory(path)
  }

  /// Where temporary files belong: `TMPDIR`, else `/tmp`.
  static var temporaryFolder: String {
    // The variable's value is copied at once.
    let named = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? ""
    return named.isEmpty ? "/tmp" : named
  }

  /// Makes a directory of mode 0700 with a name of its own in the folder for temporary files.
  static func makeTemporaryFolder() throws(SystemFault) -> String {
    var path = Array("\(temporaryFolder)/kfaudit-XXXXXX".utf8CString)
    // The six last characters are replaced within the array, which stays as long as it is.
    let isMade = unsafe path.withUnsafeMutableBufferPointer { buffer in
      unsafe buffer.baseAddress.map { unsafe mkdtemp($0) != nil } ?? false
    }
    guard isMade else { throw .last }
    return String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The path without symbolic links, `.` and `..`.
  static func realPath(of path: String) throws(SystemFault) -> String {
    // realpath allocates the result, which is copied and freed at once.
    guard let real = unsafe realpath(path, nil) else { throw .last }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  /// Gives a file a second name.
  static func link(_ path: String, as newPath: String) throws(SystemFault) {
    try check(unsafe Glibc.link(path, newPath))
  }

  /// Makes a symbolic link.
  static func makeSymbolicLink(_ path: String, to target: String) throws(SystemFault) {
    try check(unsafe symlink(target, path))
  }

  /// What a symbolic link points at; `nil` when there is none.
  static func target(of path: String) throws(SystemFault) -> String? {
    var fault: SystemFault?
    // The buffer has room for as many bytes as are asked for, and only those that came are kept.
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
      let result = unsafe buffer.withMemoryRebound(to: CChar.self) { target in
        guard let start = target.baseAddress else { return 0 }
        return unsafe readlink(path, start, target.count)
      }
      fault = result < 0 ? .last : nil
      count = max(0, result)
    }
    if let fault {
      if [ENOENT, EINVAL].contains(fault.number) { return nil }
      throw fault
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Renames in one step; a file or link of the new name is replaced, a directory only when it is empty.
  static func rename(_ path: String, to newPath: String) throws(SystemFault) {
    try check(unsafe Glibc.rename(path, newPath))
  }

  /// Removes a name and, when it is a directory, everything in it; no symbolic link is followed.
  static func remove(_ path: String) throws(SystemFault) {
    switch try status(of: path)?.kind {
    case nil: return
    case .directory:
      for name in try names(in: path) { try remove(path + "/" + name) }
      try check(unsafe rmdir(path))
    default: try check(unsafe unlink(path))
    }
  }

  /// The names in a directory, by bytes, without `.` and `..`.
  static func names(in path: String) throws(SystemFault) -> [String] {
    guard let stream = unsafe opendir(path) else { throw .last }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    errno = 0
    while let entry = unsafe readdir(stream) {
      // The name ends with a zero byte within the entry, which lives until the next call.
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw .last }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func check(_ result: Int32) throws(SystemFault) {
    if result != 0 { throw .last }
  }
}
