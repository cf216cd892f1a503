import Glibc

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
    do throws(SystemError) {
      try checkIsWhole(path)
      return try check(call())
    } catch {
      throw failure(path, error)
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
