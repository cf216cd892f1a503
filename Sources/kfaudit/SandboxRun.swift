internal import AuditModel
import AuditPlan
internal import AuditRun
private import CommandSandbox

/// Puts the sandbox around the work on a plan when that is its source.
enum SandboxRun {
  /// Works on a plan whose source is a server or saved pages; a sandbox is a server like any other, over real HTTP on
  /// loopback.
  static func with<Value>(
    _ plan: AuditPlan, _ work: (AuditPlan) async throws -> Value
  ) async throws -> Value {
    guard case .sandbox(let request) = plan.source, let window = plan.window else {
      return try await work(plan)
    }
    let options = options(for: request, window: window, asOf: plan.asOf)
    let sandbox = try await Sandbox.start(options)
    let outcome: Result<Value, any Error>
    do {
      var plan = plan
      plan.source = .server(try connection(to: sandbox, options))
      outcome = .success(try await work(plan))
    } catch {
      outcome = .failure(error)
    }
    try await sandbox.stop()
    return try outcome.get()
  }

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
