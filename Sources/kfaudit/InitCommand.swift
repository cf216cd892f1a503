internal import ArgumentParser
private import AuditFiles
private import AuditModel
internal import AuditPlan
private import AuditReport
private import AuditRun

/// `kfaudit init`: what a new installation starts from.
struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a configuration, a policy and a nightly job to start from.",
    usage: "kfaudit init <folder> [<options>]",
    discussion: """
      Writes kfaudit.yaml, policy.yaml, frameworks/, environment (the names of the credentials), nightly.sh, \
      kfaudit.service and kfaudit.timer. With a server it runs kfaudit check first, writes what it found into \
      kfaudit.yaml and the server into kfaudit.service; if the check fails, nothing is written and the exit status is \
      that of the check. Existing files are not changed. Prints one line to stdout, the folder.

      EXAMPLES:
        kfaudit init kfaudit-settings
        kfaudit init kfaudit-settings --server https://keyfactor.example.com
      """)

  @Argument(
    help: ArgumentHelp(
      "Folder to write to; it is created if it does not exist.", valueName: "folder"),
    completion: .directory)
  var folder: String

  @OptionGroup(title: "Common options") var common: SettingOptions<InitSettings>
  @OptionGroup(title: "Connection") var connection: SettingOptions<ConnectionSettings>
  @OptionGroup(title: "Messages") var console: ConsoleOptions

  func run() async throws {
    try await console.answering { log in
      if folder.isEmpty { throw CommandError(.emptyPath, "<folder>") }
      try OutputGuard.check(folder)
      let plan = try AuditPlan(resolving: options, in: .process)
      var starter = StarterFiles(timeZone: common.options.timeZone)
      if isChecked {
        let table = try await SandboxRun.with(plan) { source in
          guard case .server(let connection) = source else { return "" }
          return try await ServerCheck(
            plan: plan, connection: connection, now: .now, observer: log.observer
          ).run()
        }
        starter.server = common.options.server
        starter.found = table.parts(at: "\n").map { String($0) }
      }
      try TemplateExport.write(starter.files, to: folder)
      try StandardOutput.write(line: folder)
      return .complete
    }
  }

  /// Whether there is a server to check.
  private var isChecked: Bool { common.options.server != nil || common.options.sandbox }

  /// What the check needs; what is written is checked without a server too.
  private var options: AuditOptions {
    var options = AuditOptions(common.options, connection.options)
    options.sandbox = options.server == nil
    options.allowOpenWindow = true
    options.period = "yesterday"
    return options
  }
}

/// Which server is meant, and in which zone days are counted.
enum InitSettings: SettingGroup {
  static let settings: [any AnySetting] = [
    Settings.server, Settings.sandbox, Settings.timeZone,
  ]
}
