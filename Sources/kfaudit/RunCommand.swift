internal import ArgumentParser
private import AuditModel
private import AuditRun
private import Foundation

/// `kfaudit run`: the main job.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Fetch, normalise, reduce, render and publish a pack.",
    discussion: """
      stdout carries one line, the path of the published pack. Credentials come from the environment \
      (KEYFACTOR_USERNAME and KEYFACTOR_PASSWORD, or KEYFACTOR_AUTH_CLIENT_ID, \
      KEYFACTOR_AUTH_CLIENT_SECRET and KEYFACTOR_AUTH_TOKEN_URL, or KEYFACTOR_AUTH_ACCESS_TOKEN) or \
      from the official tools' profile file, never from arguments.

        kfaudit run --sandbox
        kfaudit run --server https://keyfactor.example.com --period last-month
        kfaudit run --pages saved --from 2026-10-01 --to 2026-11-01 --time-zone Europe/Berlin
      """)

  @OptionGroup var said: RunOptions

  func run() async throws {
    let log = said.console.log
    let result: AuditResult
    do {
      let plan = try AuditPlan(
        resolving: said.options, in: .process, knownMetrics: AuditRun.knownMetrics)
      result = try await Interruption.interrupting {
        try await SandboxRun.with(plan) { plan in
          try await AuditRun(
            plan: plan, now: .now, log: log,
            workers: ProcessInfo.processInfo.activeProcessorCount,
            variables: ProcessInfo.processInfo.environment
          ).run()
        }
      }
      if result.verdict == .unproved, result.exitStatus == .unproved {
        log.notice(
          "the pack is published, but that it holds every instance could not be proved: its report "
            + "says why. --accept-unproved makes this no failure.")
      }
      try StandardOutput.write(line: result.pack)
    } catch let interruption as Interruption {
      log.error(interruption.sentence)
      throw ExitCode(interruption.exitStatus)
    } catch {
      let failure = error as? any AuditFailure ?? InternalFailure(underlying: error)
      log.failure(failure)
      throw ExitCode(failure.exitStatus.rawValue)
    }
    if result.exitStatus != .complete { throw ExitCode(result.exitStatus.rawValue) }
  }
}
