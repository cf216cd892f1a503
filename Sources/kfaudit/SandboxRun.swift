package import AuditModel
import AuditPlan
internal import AuditRun
package import CommandSandbox

extension SandboxError: AuditFailure {
  /// Which option, certificate or port, and what to do.
  package var message: Message {
    switch self {
    case .impossibleOption(let name, let value, let rule):
      Message(.sandboxOption, name, value, rule)
    case .unusableCertificate(let reason):
      Message(.sandboxCertificate, TerminalText.sanitized(reason))
    case .unusablePort(let port, let reason):
      Message(.sandboxPort, "\(port)", TerminalText.sanitized(reason))
    }
  }
}

/// Starts the sandbox for the time of the work when it is a plan's source.
enum SandboxRun {
  /// Works on the source of a plan; a sandbox is a server like any other, over real HTTP on
  /// loopback.
  static func with<Value>(
    _ plan: AuditPlan, _ work: (InstanceSource) async throws -> Value
  ) async throws -> Value {
    let request: SandboxRequest
    switch plan.source {
    case .instances(let source): return try await work(source)
    case .sandbox(let asked): request = asked
    }
    let options = options(for: request, of: plan)
    let sandbox = try await Sandbox.start(options)
    let outcome: Result<Value, any Error>
    do {
      outcome = .success(try await work(.server(connection(to: sandbox, options))))
    } catch {
      outcome = .failure(error)
    }
    try await sandbox.stop()
    return try outcome.get()
  }

  private static func options(for request: SandboxRequest, of plan: AuditPlan) -> SandboxOptions {
    var options = SandboxOptions()
    if let window = plan.window {
      options.from = window.from.milliseconds
      options.to = window.to.milliseconds
    }
    options.now = plan.asOf?.milliseconds
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
