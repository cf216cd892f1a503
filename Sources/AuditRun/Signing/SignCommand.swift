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
    let isPlain = word.allSatisfy { $0.isASCIIAlphanumeric || "+-._/".utf8.contains($0) }
    return isPlain && 1...64 ~= word.count
      ? "--sign-command (\(String(decoding: word, as: UTF8.self)) …)" : "--sign-command"
  }
}

/// A process that this one has started, with whatever it starts itself: a session of its own, which ends as a whole.
///
/// Foundation's `Process` is over only when every process is that the child has left behind.
struct ChildProcess {
  private let number: pid_t

  /// How often is looked whether it has ended.
  private static let pause = Duration.milliseconds(10)
  /// POSIX_SPAWN_SETSID of spawn.h, which Swift does not import.
  private static let newSession: Int32 = 0x80

  /// Starts a program, which reads one file and writes two that are there; everybody can read its arguments.
  init(
    _ path: String, _ arguments: [String], environment: EnvironmentVariables, input: String,
    output: String, errors: String
  ) throws(ArchiveError) {
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    // The paths are copied by the calls.
    unsafe posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY, 0)
    // What this process ignores or holds back the child shall not.
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGPIPE, SIGXFSZ] { unsafe sigaddset(&signals, signal) }
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF) | Int16(Self.newSession))
    var number: pid_t = 0
    let texts = Self.terminated([Array(path.utf8)] + arguments.map { Array($0.utf8) })
    let variables = Self.terminated(
      environment.entries.map { $0.name + [UInt8(ascii: "=")] + $0.value })
    let fault = unsafe Self.withPointers(to: texts) { texts in
      unsafe Self.withPointers(to: variables) { variables in
        unsafe posix_spawn(&number, path, &actions, &attributes, texts, variables)
      }
    }
    guard fault == 0 else {
      throw .cannotStart(path: path, fault: SystemError(number: fault))
    }
    self.number = number
  }

  /// Waits for its end: its exit status, or 128 and the signal that ended it; `nil` when it had to be killed in the end.
  ///
  /// - Throws: `CancellationError`, and the processes are killed then too.
  func wait(seconds: Int) async throws -> Int32? {
    let end = ContinuousClock.now + .seconds(seconds)
    do {
      while ContinuousClock.now < end {
        if let status = status(WNOHANG) { return status }
        try await Task.sleep(for: Self.pause)
      }
    } catch {
      kill()
      throw error
    }
    kill()
    return nil
  }

  /// Ends every process of the session's first group, of which this one has not been waited for: its number is still its own.
  private func kill() {
    _ = Glibc.kill(-number, SIGKILL)
    _ = status(0)
  }

  private func status(_ options: Int32) -> Int32? {
    var status: Int32 = 0
    var result: pid_t
    repeat { result = unsafe waitpid(number, &status, options) } while result < 0 && errno == EINTR
    guard result == number else { return result < 0 ? 127 : nil }
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }

  private static func terminated(_ texts: [[UInt8]]) -> [[CChar]] {
    texts.map { $0.map { CChar(bitPattern: $0) } + [0] }
  }

  /// Calls with a list of C strings as the system wants them, which lives for the call.
  private static func withPointers(
    to texts: [[CChar]], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Int32
  ) -> Int32 {
    // One storage for all texts, so that one borrow of it covers every pointer into it.
    var storage = texts.flatMap { $0 }
    return unsafe storage.withUnsafeMutableBufferPointer { storage in
      var pointers: [UnsafeMutablePointer<CChar>?] = unsafe []
      var offset = 0
      for text in texts {
        unsafe pointers.append(storage.baseAddress?.advanced(by: offset))
        offset += text.count
      }
      unsafe pointers.append(nil)
      return unsafe pointers.withUnsafeBufferPointer { pointers in
        // The list ends with a null pointer, so that it has a first element.
        unsafe pointers.baseAddress.map { unsafe body($0) } ?? EINVAL
      }
    }
  }
}
