import AuditModel
import Foundation

/// A shell command that signs what it reads on stdin and prints the signature: for keys that do not leave an HSM.
struct SignCommand: Sendable {
  /// The command, for `sh -c`.
  let command: String
  /// Its environment: that of this process, without the credentials for the server.
  let environment: [String: String]  // text: names of environment variables
  /// How long it may take, in seconds.
  var seconds = 60

  /// What the command prints for some bytes.
  ///
  /// - Throws: A ``SignCommandError`` when it fails, prints nothing, or takes longer than it may.
  func sign(_ content: [UInt8]) async throws -> [UInt8] {
    let folder = try FileSystem.makeTemporaryFolder()
    let result: Result<[UInt8], any Error>
    do {
      result = .success(try await sign(content, in: folder))
    } catch {
      result = .failure(error)
    }
    try FileSystem.remove(folder)
    return try result.get()
  }

  /// What goes in and comes out are files: then nobody waits for anybody at a pipe.
  private func sign(_ content: [UInt8], in folder: String) async throws -> [UInt8] {
    let (input, output, errors) = ("\(folder)/input", "\(folder)/output", "\(folder)/errors")
    try ResultFile.write(content, to: input)
    for path in [output, errors] { try ResultFile.write([], to: path) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    // timeout ends the whole group of processes, whatever the shell has started.
    process.arguments = ["timeout", "--kill-after=5", String(seconds), "sh", "-c", command]
    process.environment = environment.filter { !$0.key.begins(with: "KEYFACTOR_") }
    process.standardInput = try FileHandle(forReadingFrom: URL(filePath: input))
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: errors))
    let start = ContinuousClock.now
    let status = try await Self.run(process)
    guard status == 0 else {
      // timeout has a status of its own for this, but not for a command that had to be killed.
      guard ContinuousClock.now - start < .seconds(seconds) else {
        throw SignCommandError.tookTooLong(command, seconds: seconds)
      }
      let words = String(decoding: try StoredFile.read(errors), as: UTF8.self).trimmingSpaces()
      throw SignCommandError.failed(command, status: status, words: words)
    }
    let signature = try StoredFile.read(output)
    guard !signature.isEmpty else { throw SignCommandError.printedNothing(command) }
    return signature
  }

  private static func run(_ process: Process) async throws -> Int32 {
    try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { ended in
        let isExit = ended.terminationReason == .exit
        continuation.resume(returning: (isExit ? 0 : 128) + ended.terminationStatus)
      }
      do {
        try process.run()
      } catch {
        // A process that never ran never ends.
        process.terminationHandler = nil
        continuation.resume(throwing: error)
      }
    }
  }
}
