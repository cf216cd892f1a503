internal import ArgumentParser
private import AuditModel
private import AuditPlan
private import AuditRun

/// `kfaudit check`: what a run would find out before its first page, and nothing more.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Try the connection, the credentials and the server's paging; fetch nothing else.",
    usage: """
      kfaudit check --server <url> [<options>]
      kfaudit check --sandbox [<options>]
      """,
    discussion: """
      stdout carries a table: what was looked at, how it went, what was found. The exit status is the one that \
      a run would end with. Without a window it asks about yesterday. Credentials are those of kfaudit run.

      EXAMPLES:
        kfaudit check --server https://keyfactor.example.com
        kfaudit check --server https://keyfactor.example.com --ca-file company-ca.pem
        kfaudit check --sandbox
      """)

  @OptionGroup(title: "Window") var window: SettingOptions<WindowSettings>
  @OptionGroup(title: "Source") var source: SettingOptions<SourceSettings>
  @OptionGroup(title: "Transport") var transport: SettingOptions<TransportSettings>
  @OptionGroup(title: "Console") var console: ConsoleOptions

  func validate() throws {
    if source.options.pages != nil { throw Self.noServer }
  }

  private static let noServer = ValidationError("--pages: saved pages have no server to check.")

  func run() async throws {
    let log = console.log
    try await console.answering {
      let plan = try AuditPlan(resolving: options, in: .process)
      let table = try await SandboxRun.with(plan) { source in
        guard case .server(let connection) = source else { throw Self.noServer }
        return try await ServerCheck(
          plan: plan, connection: connection, now: .now, observer: log.observer
        ).run()
      }
      try StandardOutput.write(line: table)
      return .complete
    }
  }

  /// All of them.
  private var options: AuditOptions {
    var options = window.options
    options.add(source.options)
    options.add(transport.options)
    // Nothing is read, so that nothing need have settled.
    options.allowOpenWindow = true
    let hasWindow = options.from != nil || options.to != nil || options.period != nil
    if !hasWindow { options.period = "yesterday" }
    return options
  }
}
