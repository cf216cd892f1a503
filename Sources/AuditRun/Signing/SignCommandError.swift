package import AuditModel

/// Why the command that should sign a pack did not.
///
/// Neither the command nor what it says is shown: both may hold a PIN.
package enum SignCommandError: AuditFailure, Equatable {
  /// It ended with another status than 0, having written so many bytes to stderr.
  case failed(String, status: Int32, words: Int)
  /// It printed nothing.
  case printedNothing(String)
  /// It did not end.
  case tookTooLong(String, seconds: Int)
  /// It signed with another key than when it was tried before the run.
  case changedSigner(String, tried: String, signed: String)

  /// The command's program, what it did, and that nothing was published.
  package var message: Message {
    switch self {
    case .failed(let command, let status, let words):
      Message(
        .signCommandFailed, name(command), "\(status)",
        words == 0
          ? ""
          : "; its \(words) bytes on stderr are not shown, since a PIN may be among them")
    case .printedNothing(let command): Message(.signCommandSilent, name(command))
    case .tookTooLong(let command, let seconds):
      Message(.signCommandTimeout, name(command), "\(seconds)")
    case .changedSigner(let command, let tried, let signed):
      Message(
        .changedSigner, name(command), TerminalText.sanitized(signed),
        TerminalText.sanitized(tried))
    }
  }

  /// The option with the command's first word, when that is the plain name of a program and no assignment.
  private func name(_ command: String) -> String {
    let word = command.utf8.drop { $0 == UInt8(ascii: " ") }.prefix { $0 != UInt8(ascii: " ") }
    let isPlain = word.allSatisfy { byte in
      UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
        || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || "+-._/".utf8.contains(byte)
    }
    return isPlain && 1...64 ~= word.count
      ? "--sign-command (\(String(decoding: word, as: UTF8.self)) …)" : "--sign-command"
  }
}
