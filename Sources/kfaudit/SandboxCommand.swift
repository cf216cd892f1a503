public import ArgumentParser
private import AuditModel
private import AuditRun
public import CommandSandbox

extension SandboxOptions.Profile: ExpressibleByArgument {}
extension SandboxOptions.KeyCase: ExpressibleByArgument {}
extension SandboxOptions.DateStyle: ExpressibleByArgument {}
extension SandboxOptions.Authentication: ExpressibleByArgument {}

/// `kfaudit sandbox`: the stand-in server, until somebody ends it.
struct SandboxCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sandbox",
    abstract: "Start a small server on loopback that speaks the same API.",
    discussion: """
      stdout carries one line, the server's address; stderr the credentials to set. It runs until \
      Ctrl-C.

        kfaudit sandbox --port 8080 --instances 5000
        kfaudit sandbox --profile v10 --auth oauth --page-limit 100
      """)

  @Option(help: ArgumentHelp("The port; default any that is free.", valueName: "n"))
  var port: Int?

  @Option(help: ArgumentHelp("How many instances it holds.", valueName: "n"))
  var instances: Int?

  @Option(help: ArgumentHelp("What its data is drawn from.", valueName: "n"))
  var seed: UInt64?

  @Option(help: ArgumentHelp("The release it stands for.", valueName: "release"))
  var profile: SandboxOptions.Profile?

  @Option(help: ArgumentHelp("How it wants to be asked.", valueName: "kind"))
  var auth: SandboxOptions.Authentication?

  @Option(help: ArgumentHelp("How it spells keys.", valueName: "case"))
  var keyCase: SandboxOptions.KeyCase?

  @Option(help: ArgumentHelp("How it writes dates.", valueName: "style"))
  var dates: SandboxOptions.DateStyle?

  @Flag(help: "Statuses as integers.")
  var statusAsInteger = false

  @Flag(help: "Compress answers.")
  var gzip = false

  @Option(
    help: ArgumentHelp("The most instances a page holds, whatever was asked.", valueName: "n"))
  var pageLimit: Int?

  @Option(help: ArgumentHelp("Wait before each answer.", valueName: "milliseconds"))
  var latency: Int?

  @Option(help: ArgumentHelp("How many names are hostile.", valueName: "percent"))
  var hostile: Int?

  @Option(
    help: ArgumentHelp(
      "First day of its instances, in UTC; default the last month.", valueName: "when"))
  var from: String?

  @Option(help: ArgumentHelp("The day after its instances.", valueName: "when"))
  var to: String?

  func validate() throws {
    if let port, !(0...65_535).contains(port) {
      throw ValidationError("--port: it must be a number from 0 to 65535.")
    }
    if let hostile, !(0...100).contains(hostile) {
      throw ValidationError("--hostile: it must be a percentage from 0 to 100.")
    }
    for (option, value) in [
      ("--instances", instances), ("--page-limit", pageLimit), ("--latency", latency),
    ] {
      if let value, value < 0 { throw ValidationError("\(option): it must not be negative.") }
    }
    _ = try window()
  }

  func run() async throws {
    let options = try options()
    let signals = await Signals()
    let sandbox: Sandbox
    do {
      sandbox = try await Sandbox.start(options)
    } catch {
      throw CannotStart(reason: String(describing: error))
    }
    StandardError.write(credentials(options, tokenURL: sandbox.tokenURL))
    try StandardOutput.write(line: sandbox.baseURL)
    let signal = await signals.first()
    try await sandbox.stop()
    if let signal { throw ExitCode(128 + signal) }
  }

  /// The port is taken, or not for this user, or the options make no server.
  private struct CannotStart: AuditFailure {
    /// What the sandbox says, in sentences.
    var reason: String
    var exitStatus: ExitStatus { .unreachable }
    var description: String { TerminalText.clean(reason, limit: 400) }
  }

  private func options() throws -> SandboxOptions {
    let window = try window()
    var options = SandboxOptions()
    if let port { options.port = port }
    options.from = window.from.milliseconds
    options.to = window.to.milliseconds
    options.gzip = gzip
    options.statusAsInteger = statusAsInteger
    if let instances { options.instances = instances }
    if let seed { options.seed = seed }
    if let profile { options.profile = profile }
    if let auth { options.authentication = auth }
    if let keyCase { options.keyCase = keyCase }
    if let dates { options.dateStyle = dates }
    if let pageLimit { options.pageLimit = pageLimit }
    if let latency { options.latencyMilliseconds = latency }
    if let hostile { options.hostilePercent = hostile }
    return options
  }

  /// The window of the instances.
  private func window() throws -> Window {
    switch (from, to) {
    case (nil, nil):
      guard let month = Period("last-month", today: CivilZone.utc.date(of: .now)) else {
        throw ValidationError(
          "this machine's clock cannot be read as a date; give --from and --to.")
      }
      return month.window(in: .utc)
    case (let from?, let to?):
      guard let first = WindowEdge(from)?.instant(in: .utc),
        let end = WindowEdge(to)?.instant(in: .utc)
      else {
        throw ValidationError(
          "--from \(TerminalText.clean(from)) or --to \(TerminalText.clean(to)) is no day and no instant; "
            + "write 2026-10-01 or 2026-10-01T00:00:00Z.")
      }
      guard first < end else {
        throw ValidationError("--from \(first) is not before --to \(end); swap them.")
      }
      return Window(from: first, to: end, zone: .utc)
    default:
      throw ValidationError("--from and --to come together; give both or neither.")
    }
  }

  /// The variables that let `kfaudit run` in.
  private func credentials(_ options: SandboxOptions, tokenURL: String) -> String {
    var lines: [String] = []
    if options.authentication != .oauth {
      lines += [
        "export KEYFACTOR_USERNAME='\(options.userName)'",
        "export KEYFACTOR_PASSWORD='\(options.password)'",
      ]
    }
    if options.authentication != .basic {
      // Both kinds in one environment are refused, so that one is a comment.
      let prefix = options.authentication == .both ? "# " : ""
      lines += [
        "\(prefix)export KEYFACTOR_AUTH_CLIENT_ID='\(options.clientID)'",
        "\(prefix)export KEYFACTOR_AUTH_CLIENT_SECRET='\(options.clientSecret)'",
        "\(prefix)export KEYFACTOR_AUTH_TOKEN_URL='\(tokenURL)'",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
