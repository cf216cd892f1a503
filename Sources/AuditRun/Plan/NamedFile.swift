/// A file that the user names, as it was read.
public struct NamedFile: Sendable, Equatable {
  /// Its content.
  public var bytes: [UInt8]
  /// Its permission bits.
  public var mode: UInt16
  /// Whether the user who runs the program owns it.
  public var isOwn: Bool

  /// Describes a file.
  public init(bytes: [UInt8], mode: UInt16 = 0o600, isOwn: Bool = true) {
    self.bytes = bytes
    self.mode = mode
    self.isOwn = isOwn
  }
}

/// Why a file that the user names could not be read.
public enum NamedFileProblem: Error, Equatable {
  /// There is no such file.
  case missing
  /// It is a folder, a device or a pipe.
  case notAFile
  /// It has more bytes than its purpose can need.
  case tooLarge
  /// The system refused, in its words.
  case unreadable(String)
}
