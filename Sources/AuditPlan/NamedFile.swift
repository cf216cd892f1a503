/// A file that the user names, as it was read.
package struct NamedFile: Sendable, Equatable {
  /// Its content.
  package var bytes: [UInt8]
  /// Its permission bits.
  package var mode: UInt16
  /// Whether the user who runs the program owns it.
  package var isOwn: Bool

  /// Describes a file.
  package init(bytes: [UInt8], mode: UInt16 = 0o600, isOwn: Bool = true) {
    self.bytes = bytes
    self.mode = mode
    self.isOwn = isOwn
  }
}

/// Why a file that the user names could not be read.
package enum NamedFileProblem: Error, Equatable {
  /// There is no such file.
  case missing
  /// It is a folder, a device or a pipe.
  case notAFile
  /// It has more bytes than its purpose can need.
  case tooLarge
  /// The system refused, in its words.
  case unreadable(String)
}
