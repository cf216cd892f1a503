package import Foundation

/// A program that a test runs: the one that is tested, or one whose results share no code with it.
///
/// Waiting for a process blocks. It is done on threads of its own: of those that tests share there may be none left.
package struct TestProcess: Sendable {
  /// What a process ended with.
  package struct Answer: Sendable {
    /// The exit status, or 128 and the signal that ended it.
    package var status: Int32
    /// What it wrote to stdout.
    package var bytes: [UInt8]
    /// What it wrote to stderr.
    package var errors: String

    /// What it wrote to stdout, as text.
    package var output: String { String(decoding: bytes, as: UTF8.self) }
  }

  /// A process that had to succeed has not.
  package struct Failure: Error, CustomStringConvertible {
    package var description: String
  }

  /// The program, found as a shell would find it, and its arguments.
  package var words: [String]
  /// The folder that it works in; `nil` for that of the tests.
  package var folder: String?
  /// Its environment; `nil` for that of the tests.
  package var environment: [String: String]?
  /// After how many seconds it is killed.
  package var limit = 600

  package init(_ words: [String], in folder: String? = nil, environment: [String: String]? = nil) {
    self.words = words
    self.folder = folder
    self.environment = environment
  }

  /// A bash script with its arguments.
  package init(shell script: String, _ arguments: String..., in folder: String? = nil) {
    self.init(["bash", "-c", script, "bash"] + arguments, in: folder)
  }

  /// Starts it without waiting; stdin is empty unless it is given.
  package func start(input: Pipe? = nil, output: Pipe, errors: Pipe) throws -> Process {
    let process = Process()
    let hasPath = words[0].utf8.contains(UInt8(ascii: "/"))
    process.executableURL = URL(filePath: hasPath ? words[0] : "/usr/bin/env")
    process.arguments = hasPath ? Array(words.dropFirst()) : words
    if let folder { process.currentDirectoryURL = URL(filePath: folder) }
    if let environment { process.environment = environment }
    process.standardInput = input ?? FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    return process
  }

  /// Runs it to its end.
  package func run() async throws -> Answer {
    let (output, errors) = (Pipe(), Pipe())
    let process = try start(output: output, errors: errors)
    let number = process.processIdentifier
    async let _: Void = Self.kill(number, after: limit)
    async let written = Self.blocking { try output.fileHandleForReading.readToEnd() ?? Data() }
    async let told = Self.blocking { try errors.fileHandleForReading.readToEnd() ?? Data() }
    let (bytes, text) = try await (written, told)
    let status = try await Self.blocking {
      process.waitUntilExit()
      return Self.status(of: process)
    }
    return Answer(
      status: status, bytes: Array(bytes), errors: String(decoding: text, as: UTF8.self))
  }

  /// Runs it to its end, which must be a success.
  @discardableResult
  package func succeed() async throws -> Answer {
    let answer = try await run()
    guard answer.status == 0 else {
      throw Failure(
        description: "\(words) ended with \(answer.status): \(answer.output)\(answer.errors)")
    }
    return answer
  }

  /// Runs a server: when it has written a line, looks at it by that line and its process id, and asks it to end.
  package func serve<Value>(
    _ look: (_ line: String, _ number: Int32) throws -> Value
  ) async throws -> (value: Value, answer: Answer) {
    let (output, errors) = (Pipe(), Pipe())
    let process = try start(output: output, errors: errors)
    let line = try await Self.line(from: output)
    let value = Result { try look(line, process.processIdentifier) }
    process.terminate()
    let answer = try await Self.blocking {
      let told = try errors.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      return Answer(
        status: Self.status(of: process), bytes: Array(line.utf8),
        errors: String(decoding: told, as: UTF8.self))
    }
    return (try value.get(), answer)
  }

  /// The next line that a process writes, without its end.
  package static func line(from pipe: Pipe) async throws -> String {
    try await blocking {
      var line = Data()
      while let byte = try pipe.fileHandleForReading.read(upToCount: 1)?.first,
        byte != UInt8(ascii: "\n")
      {
        line.append(byte)
      }
      return String(decoding: line, as: UTF8.self)
    }
  }

  /// Whether a process has a handler for a signal.
  package static func catches(_ signal: Int32, _ process: Process) -> Bool {
    // A process that has ended has none.
    let status =
      (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8))
      ?? ""
    let mask = status.split(separator: "\n").first { $0.hasPrefix("SigCgt:") }
    let bits = mask.flatMap { UInt64($0.dropFirst(7).drop { $0 == "\t" }, radix: 16) } ?? 0
    return bits & (1 << UInt64(signal - 1)) != 0
  }

  /// The exit status of a process that has ended, or 128 and the signal that ended it.
  package static func status(of process: Process) -> Int32 {
    process.terminationReason == .exit
      ? process.terminationStatus : 128 + process.terminationStatus
  }

  /// Does something that blocks on a thread of its own.
  package static func blocking<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
    }
  }

  private static func kill(_ number: Int32, after seconds: Int) async {
    do {
      try await Task.sleep(for: .seconds(seconds))
      _ = Foundation.kill(number, SIGKILL)
    } catch {
      // It has ended in time.
    }
  }
}
