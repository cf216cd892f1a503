internal import ArgumentParser
internal import AuditModel
private import AuditRun

extension ConsoleOptions {
  /// Does a command's work, tells on stderr why it failed, and leaves with its exit status.
  func answering(_ work: () async throws -> ExitStatus) async throws {
    let status: ExitStatus
    do {
      status = try await work()
    } catch {
      let failure = error as? any AuditFailure ?? InternalFailure(underlying: error)
      log.failure(failure)
      status = failure.exitStatus
    }
    if status != .complete { throw ExitCode(status.rawValue) }
  }
}
