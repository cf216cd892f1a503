internal import ArgumentParser
private import AuditModel
private import AuditPacks
internal import AuditPlan
private import AuditRun

/// `kfaudit render`: the reports of a pack once more.
struct RenderCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Rebuild the reports of a pack from its raw responses, offline.",
    usage: "kfaudit render <pack> --out <folder> [<options>]",
    discussion: """
      Without --format it writes the formats of the pack with the template of the pack: these files are equal to \
      the pack's byte for byte. Prints one line to stdout, the folder.

      EXAMPLES:
        kfaudit render kfaudit-archive/latest --out reports
        # With templates of your own:
        kfaudit render kfaudit-archive/latest --out reports \\
          --format html --template house-style
        # A pseudonymised copy, without users, subjects and hosts:
        kfaudit render kfaudit-archive/latest --out copy --pseudonymise key.txt
      """)

  @Argument(help: .pack, completion: .pack) var pack: String

  @Option(
    help: ArgumentHelp("Folder to write the files to.", valueName: "folder"), completion: .directory
  )
  var out: String

  @OptionGroup var settings: SettingOptions<RenderSettings>

  @Option(
    help: ArgumentHelp(
      "Write a pseudonymised copy: users, subjects and hosts become tokens keyed by this file. Make one with: openssl rand -hex 32",
      valueName: "file"), completion: .file())
  var pseudonymise: String?

  @OptionGroup var console: ConsoleOptions

  func run() async throws {
    try await console.answering { log in
      if out.isEmpty { throw CommandError(.emptyPath, "--out") }
      var options = RenderRun.Options(out: out)
      options.format = settings.options.format
      options.template = settings.options.template
      options.policy = settings.options.policy
      options.pseudonyms = try pseudonymise.map { try PseudonymKey.read($0, in: .process) }
      let status = try await RenderRun(
        pack: pack, options: options, workers: .processors, warning: log.warning
      ).run()
      try StandardOutput.write(line: out)
      return status
    }
  }
}

/// What is asked instead of what the pack was made with.
enum RenderSettings: SettingGroup {
  static let settings: [any AnySetting] = [
    Settings.format.ofPack(default: "those of the pack"),
    Settings.template.ofPack("Folder of report templates instead of the pack's."),
    Settings.policy.ofPack(
      "Policy checks and waivers in YAML instead of the pack's; if a check fails, the exit status is 1."
    ),
  ]
}
