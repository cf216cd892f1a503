import AuditFiles
package import AuditModel
import AuditPlan
import Glibc

/// A shell command that signs what it reads on stdin and prints the signature: for keys that do not leave an HSM.
struct SignCommand: Sendable {
  /// The command, for `sh`.
  let command: String
  /// The environment of this process.
  let environment: EnvironmentVariables
  /// How long it may take, in seconds.
  var seconds = 60

  /// What the command prints for some bytes.
  ///
  /// - Throws: A ``SignCommandError`` when it fails, prints nothing, or takes longer than it may; `CancellationError` when
  ///   nobody waits any longer.
  func sign(_ content: [UInt8]) async throws -> [UInt8] {
    let folder = try TemporaryPath.scratchFolder()
    defer { folder.discard() }
    // What goes in and comes out are files: then nobody waits for anybody at a pipe.
    let path = { (name: String) in "\(folder.path)/\(name)" }
    try OpenFile.creating(path("input")).write(content.span)
    for name in ["output", "errors"] { _ = try OpenFile.creating(path(name)) }
    let process = try ChildProcess(
      "/bin/sh", ["-c", Self.script],
      environment: environment.withoutCredentials.adding("KFAUDIT_COMMAND", command),
      input: path("input"), output: path("output"), errors: path("errors"))
    guard let status = try await process.wait(seconds: seconds) else {
      throw SignCommandError.tookTooLong(command, seconds: seconds)
    }
    guard status == 0 else {
      let words = try StoredFile.read(path("errors")).count
      throw SignCommandError.failed(command, status: status, words: words)
    }
    let signature = try StoredFile.read(path("output"))
    guard !signature.isEmpty else { throw SignCommandError.printedNothing(command) }
    return signature
  }

  /// What the shell is called with: the command itself is a variable, since arguments are shown to every user of the machine.
  private static let script =
    #"kfaudit_command=$KFAUDIT_COMMAND; unset KFAUDIT_COMMAND; eval "$kfaudit_command""#
}

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
    let isPlain = word.allSatisfy {
      $0.isASCIILetter || $0.isASCIIDigit || "+-._/".utf8.contains($0)
    }
    return isPlain && 1...64 ~= word.count
      ? "--sign-command (\(String(decoding: word, as: UTF8.self)) …)" : "--sign-command"
  }
}
