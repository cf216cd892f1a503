import AuditFiles
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
    return try await sign(content, in: folder.path)
  }

  /// What the shell is called with: the command itself is a variable, since arguments are shown to every user of the machine.
  private static let script =
    #"kfaudit_command=$KFAUDIT_COMMAND; unset KFAUDIT_COMMAND; eval "$kfaudit_command""#

  /// What goes in and comes out are files: then nobody waits for anybody at a pipe.
  private func sign(_ content: [UInt8], in folder: String) async throws -> [UInt8] {
    let path = { (name: String) in "\(folder)/\(name)" }
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
}
