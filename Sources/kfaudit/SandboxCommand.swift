import ArgumentParser
private import AuditFiles
package import AuditModel
import AuditPlan
private import AuditRun
package import CommandSandbox

extension SandboxOptions.Profile: ExpressibleByArgument {}
extension SandboxOptions.KeyCase: ExpressibleByArgument {}
extension SandboxOptions.DateStyle: ExpressibleByArgument {}
extension SandboxOptions.Authentication: ExpressibleByArgument {}

/// `kfaudit sandbox`: the stand-in server, until somebody ends it.
struct SandboxCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sandbox",
    abstract: "Start a small server on loopback that speaks the same API.",
    usage: "kfaudit sandbox [<options>]",
    discussion: """
      Prints the server's address to stdout and the credentials to set to stderr. It runs until Ctrl-C.

      EXAMPLES:
        kfaudit sandbox --port 8080 --instances 5000
        # An old release that requires OAuth and returns at most 100 instances:
        kfaudit sandbox --profile v10 --auth oauth --page-limit 100
      """)

  private static let standard = SandboxOptions()

  @Option(help: ArgumentHelp("Port on 127.0.0.1. (default: any free one)", valueName: "n"))
  var port: Int?

  @Option(help: ArgumentHelp("Number of instances.", valueName: "n"))
  var instances = standard.instances

  @Option(help: ArgumentHelp("Random seed of its data.", valueName: "n")) var seed = standard.seed

  @Option(help: ArgumentHelp("Keyfactor Command release to imitate.", valueName: "release"))
  var profile = standard.profile

  @Option(help: ArgumentHelp("Credentials to accept.", valueName: "kind"))
  var auth = standard.authentication

  @Option(help: ArgumentHelp("Spelling of the keys in JSON.", valueName: "case"))
  var keyCase = standard.keyCase

  @Option(help: ArgumentHelp("Form of timestamps.", valueName: "style"))
  var dates = standard.dateStyle

  @Flag(help: "Write statuses as integers.") var statusAsInteger = false

  @Flag(help: "Answer 403 to requests for the audit log, as to an account that may not read it.")
  var refuseAudit = false

  @Option(
    help: ArgumentHelp(
      "Write the decisions on its instances to this file, for kfaudit run --approvals.",
      valueName: "file"), completion: .file(extensions: ["csv"]))
  var decisions: String?

  @Flag(help: "Compress responses.") var gzip = false

  @Flag(help: "Refuse to show workflow definitions, as to an account without that permission.")
  var hideDefinitions = false

  @Option(
    help: ArgumentHelp(
      "Most instances of a response, whatever is asked for. (default: no limit)", valueName: "n"))
  var pageLimit: Int?

  @Option(help: ArgumentHelp("Delay of each response, in milliseconds.", valueName: "n"))
  var latency = standard.latencyMilliseconds

  @Option(
    help: ArgumentHelp(
      "Percentage of names with hostile content, for testing.", valueName: "percent"))
  var hostile = standard.hostilePercent

  @Option(
    help: ArgumentHelp(
      "Start of its period, in UTC. (default: the first day of last month)", valueName: "when"))
  var from: String?

  @Option(help: ArgumentHelp("End of its period (exclusive).", valueName: "when")) var to: String?

  /// Refuses values that no sandbox can have.
  private func check() throws {
    let limits: [(option: String, value: Int?, bounds: ClosedRange<Int>, form: String)] = [
      ("--port", port, 0...65_535, "a number from 0 to 65535"),
      ("--hostile", hostile, 0...100, "a percentage from 0 to 100"),
      ("--page-limit", pageLimit, 1...Int.max, "a whole number from 1"),
      ("--instances", instances, 0...Int.max, "a whole number from 0"),
      ("--latency", latency, 0...Int.max, "a whole number from 0"),
    ]
    for case (let option, let value?, let bounds, let form) in limits where !(bounds ~= value) {
      throw CommandError(.invalidNumber, option, "\(value)", form)
    }
  }

  func run() async throws {
    try check()
    let options = try options()
    let signals = await Signals()
    let sandbox = try await Sandbox.start(options)
    if let path = decisions {
      do {
        try ResultFile.write(sandbox.decisions.csv, to: path)
      } catch {
        try await sandbox.stop()
        throw error
      }
    }
    StandardError.write(credentials(options, tokenURL: sandbox.tokenURL))
    try StandardOutput.write(line: sandbox.baseURL)
    let signal = await signals.first()
    try await sandbox.stop()
    if let signal { throw ExitCode(128 + signal) }
  }

  private func options() throws -> SandboxOptions {
    let window = try window()
    var options = SandboxOptions()
    if let port { options.port = port }
    options.from = window.from.milliseconds
    options.to = window.to.milliseconds
    options.gzip = gzip
    options.refusesAudit = refuseAudit
    options.statusAsInteger = statusAsInteger
    options.instances = instances
    options.seed = seed
    options.profile = profile
    options.authentication = auth
    options.keyCase = keyCase
    options.dateStyle = dates
    options.pageLimit = pageLimit
    options.showsDefinitions = !hideDefinitions
    options.latencyMilliseconds = latency
    options.hostilePercent = hostile
    return options
  }

  /// The window of the instances.
  private func window() throws -> Window {
    switch (from, to) {
    case (nil, nil):
      guard let month = Period("last-month", today: CivilZone.utc.date(of: .now)) else {
        throw CommandError(.unreadableClock)
      }
      return month.window(in: .utc)
    case (let from?, let to?):
      let first = try edge(from, of: "--from")
      let end = try edge(to, of: "--to")
      guard first < end else {
        throw CommandError(.periodReversed, "\(first)", "\(end)")
      }
      return Window(from: first, to: end, zone: .utc)
    default:
      throw CommandError(.periodIncomplete, from == nil ? "--from" : "--to")
    }
  }

  private func edge(_ text: String, of option: String) throws -> Instant {
    guard let instant = WindowEdge(text)?.instant(in: .utc) else {
      throw CommandError(
        .invalidDate, option, NamedValue.shown(text), "2026-10-01 or 2026-10-01T00:00:00Z")
    }
    return instant
  }

  /// The variables that let `kfaudit run` in.
  private func credentials(_ options: SandboxOptions, tokenURL: String) -> String {
    var lines: [String] = []
    let export = { (setting: Setting<String>, value: String) in
      "export \(setting.declaration.variable ?? "")='\(value)'\n"
    }
    if options.authentication != .oauth {
      lines += [
        export(Settings.userName, options.userName), export(Settings.password, options.password),
      ]
    }
    if options.authentication != .basic {
      // Both kinds in one environment are refused, so that one is a comment.
      let prefix = options.authentication == .both ? "# " : ""
      lines += [
        export(Settings.clientID, options.clientID),
        export(Settings.clientSecret, options.clientSecret), export(Settings.tokenURL, tokenURL),
      ].map { prefix + $0 }
    }
    return lines.joined()
  }
}

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
