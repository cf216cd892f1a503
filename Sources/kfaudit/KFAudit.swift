internal import ArgumentParser
private import AuditModel
private import CBuildCommit

/// The program: arguments in, exit status out.
@main
struct KFAudit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kfaudit",
    abstract: "Turn the workflow instances of Keyfactor Command into audit evidence.",
    discussion: """
      Collects every workflow instance of a period, computes the figures that auditors ask for, and publishes \
      them as an evidence pack: a folder with reports, the raw responses and the digests of all files.

      More: kfaudit help exit-status, kfaudit help environment, kfaudit help formats, man kfaudit. \
      kfaudit explain KFA-2010 explains a message.

      EXAMPLES:
        # Without a server, to see what a pack is:
        kfaudit run --sandbox
        # Test a server, its credentials and its paging:
        kfaudit check --server https://keyfactor.example.com
        # Last month of that server, then check the pack:
        kfaudit run --server https://keyfactor.example.com --period last-month
        kfaudit verify kfaudit-archive/latest
      """,
    version: ProgramVersion.text,
    subcommands: [
      RunCommand.self, RenderCommand.self, VerifyCommand.self, ProofCommand.self,
      BundleCommand.self, DiffCommand.self, MergeCommand.self, SampleCommand.self,
      HistoryCommand.self, SuggestCommand.self, ConfigCommand.self, CheckCommand.self,
      InitCommand.self, SandboxCommand.self, TemplateCommand.self, ExplainCommand.self,
    ])

  static func main() async {
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      try ProcessSetup.run()
      try CommandLineCheck.refuseContent()
      if let topic = HelpTopic(arguments) { return try StandardOutput.write(line: topic.page) }
      var command = try parseAsRoot(arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let failure as any AuditFailure {
      exit(with: failure)
    } catch {
      exit(with: error, arguments: arguments)
    }
  }

  private static func exit(with failure: any AuditFailure) -> Never {
    StandardError.plainLog.failure(failure)
    exit(withError: ExitCode(failure.exitStatus.rawValue))
  }

  /// Answers what the argument parser throws: help, a wrong command line, or an exit status.
  private static func exit(with error: any Error, arguments: [String]) -> Never {
    // Where a command is unknown the parser shows help, as if somebody had asked for it.
    let isUnknown = UsageMessage.unknownCommand(in: arguments) != nil
    if error is ExitCode || exitCode(for: error) == .success && !isUnknown {
      exit(withError: error)
    }
    guard exitCode(for: error) == .validationFailure || isUnknown else {
      exit(with: CommandError(internal: error))
    }
    let usage = UsageMessage(message(for: error), arguments: arguments)
    StandardError.plainLog.error(usage.message)
    StandardError.plainLog.info("see \(usage.command) --help")
    exit(withError: ExitCode.validationFailure)
  }
}

/// What `--version` shows.
enum ProgramVersion {
  /// The release version, and the commit for builds that were told it: `kfaudit 1.0.0 (5ba19c7)`.
  ///
  /// Only this line knows the commit. Packs carry the release version, so that builds of one release compare.
  static var text: String {
    let commit = unsafe String(cString: build_commit())
    return "kfaudit \(ToolVersion.current)" + (commit.isEmpty ? "" : " (\(commit))")
  }
}
