internal import ArgumentParser
internal import AuditModel
private import AuditReport

/// The work of a command, from its beginning to the exit status.
struct CommandWork {
  /// Where its errors go.
  var log: Log
  /// What is left when a signal ends it.
  var remains = Interruption.Remains.nothing

  /// Works until the work is done or the first signal cancels it, and exits with its status.
  ///
  /// The owner of a temporary file or folder removes it when the work is cancelled, as when it fails.
  func run(_ work: @escaping @Sendable () async throws -> ExitStatus) async throws {
    let status: Int32
    do {
      status = try await Interruption.interrupting(leaving: remains) {
        // It writes, waits for disks and compresses, which the threads that serve the network never do.
        try await WorkerThreads.run(ProcessSetup.processors, work)
      }.rawValue
    } catch let interruption as Interruption {
      log.error(interruption.message)
      status = interruption.exitStatus
    } catch {
      let failure = error as? any AuditFailure ?? CommandError(internal: error)
      log.failure(failure)
      status = failure.exitStatus.rawValue
    }
    if status != ExitStatus.complete.rawValue { throw ExitCode(status) }
  }
}

extension ConsoleOptions {
  /// Does a command's work and tells its errors as these options want it.
  func answering(
    leaving remains: Interruption.Remains = .nothing,
    _ work: @escaping @Sendable (_ log: Log) async throws -> ExitStatus
  ) async throws {
    let log = log
    try await CommandWork(log: log, remains: remains).run {
      try check()
      return try await work(log)
    }
  }
}

/// Why a command does not do its work: a command line that it does not take, or what it finds where it runs.
struct CommandError: AuditFailure {
  let message: Message

  /// Something is wrong: a message, with facts for its placeholders.
  init(_ code: MessageCode, _ facts: String...) {
    message = Message(code, facts)
  }

  /// Takes an error that no part of the program foresaw.
  init(internal error: any Error) {
    message = Message(.internalError, TerminalText.sanitized(String(describing: error)))
  }
}
