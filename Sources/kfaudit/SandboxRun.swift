internal import AuditModel
internal import AuditRun
private import CommandSandbox
private import Foundation

/// The run of a plan, with the sandbox around it when that is its source.
enum SandboxRun {
  /// Does what the plan says; a sandbox is a server like any other, over real HTTP on loopback.
  static func run(_ plan: AuditPlan, log: Log) async throws -> AuditResult {
    guard case .sandbox(let request) = plan.source, let window = plan.window else {
      return try await AuditRun(plan: plan, now: .now, log: log, workers: workers).run()
    }
    let options = options(for: request, window: window, asOf: plan.asOf)
    let sandbox = try await Sandbox.start(options)
    let outcome: Result<AuditResult, any Error>
    do {
      var plan = plan
      plan.source = .server(try connection(to: sandbox, options))
      outcome = .success(
        try await AuditRun(plan: plan, now: .now, log: log, workers: workers).run())
    } catch {
      outcome = .failure(error)
    }
    try await sandbox.stop()
    return try outcome.get()
  }

  private static var workers: Int { ProcessInfo.processInfo.activeProcessorCount }

  private static func options(
    for request: SandboxRequest, window: Window, asOf: Instant?
  ) -> SandboxOptions {
    var options = SandboxOptions()
    options.from = window.from.milliseconds
    options.to = window.to.milliseconds
    options.now = asOf?.milliseconds
    if let instances = request.instances { options.instances = instances }
    if let seed = request.seed { options.seed = seed }
    if let percent = request.hostilePercent { options.hostilePercent = percent }
    return options
  }

  private static func connection(
    to sandbox: Sandbox, _ options: SandboxOptions
  ) throws -> Connection {
    let address = try WebAddress(sandbox.baseURL)
    return Connection(
      server: ServerAddress(
        scheme: address.scheme, host: address.host, port: address.port, path: address.path),
      credentials: .basic(user: options.userName, password: Secret(options.password)))
  }
}
