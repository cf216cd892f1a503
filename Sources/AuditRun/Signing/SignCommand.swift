import AuditModel
import Subprocess

/// A shell command that signs what it reads on stdin and prints the signature: for keys that do not leave an HSM.
struct SignCommand: Sendable {
  /// The command, for `sh -c`.
  let command: String
  /// Its environment: that of this process, without the credentials for the server.
  let environment: [String: String]

  /// How long it may take, in seconds.
  private static let seconds = 60
  /// The most that it may print, in bytes.
  private static let largestOutput = 1 << 20

  /// What the command prints for some bytes.
  ///
  /// - Throws: A ``SignCommandError`` when it fails, prints nothing, or takes longer than a minute.
  func sign(_ content: [UInt8]) async throws -> [UInt8] {
    let output: [UInt8]? = try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
      group.addTask { try await run(content) }
      group.addTask {
        try await Task.sleep(for: .seconds(Self.seconds))
        return nil
      }
      defer { group.cancelAll() }
      return try await group.next() ?? nil
    }
    guard let output else { throw SignCommandError.tookTooLong(command, seconds: Self.seconds) }
    guard !output.isEmpty else { throw SignCommandError.printedNothing(command) }
    return output
  }

  private func run(_ content: [UInt8]) async throws -> [UInt8] {
    var options = PlatformOptions()
    // A group of its own, so that what the shell has started ends with it.
    options.processGroupID = 0
    options.teardownSequence = [
      .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .zero)
    ]
    var variables: [Environment.Key: String] = [:]
    for (name, value) in environment where !name.hasPrefix("KEYFACTOR_") {
      if let key = Environment.Key(rawValue: name) { variables[key] = value }
    }
    let result = try await Subprocess.run(
      .name("sh"), arguments: ["-c", command],
      environment: .custom(variables),
      platformOptions: options, input: .array(content), output: .bytes(limit: Self.largestOutput),
      error: .string(limit: Self.largestOutput))
    guard result.terminationStatus.isSuccess else {
      throw SignCommandError.failed(
        command, "\(result.terminationStatus)", words: result.standardError)
    }
    return result.standardOutput
  }
}
