internal import ArgumentParser
private import AuditModel
private import AuditPlan
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

/// What `kfaudit help` explains besides commands, for machines without manual pages.
enum HelpTopic: String, CaseIterable {
  case exitStatus = "exit-status"
  case environment
  case formats

  /// Something that is explained: an exit status, variables, or a format.
  struct Entry {
    /// Its names.
    var terms: [String]
    /// A sentence or two.
    var meaning: String
  }

  /// The topic that a command line asks for.
  init?(_ arguments: [String]) {
    guard arguments.count == 2, arguments[0] == "help" else { return nil }
    self.init(rawValue: arguments[1])
  }

  /// What is explained, in its order.
  var entries: [Entry] {
    switch self {
    case .exitStatus:
      ExitStatus.allCases.map { Entry(terms: ["\($0.rawValue)"], meaning: $0.meaning) }
        + [Entry(terms: ["128+n"], meaning: "Ended by signal n.")]
    case .environment: Settings.variables.map { Entry(terms: $0.names, meaning: $0.meaning) }
    case .formats: OutputFormat.allCases.map { Entry(terms: [$0.rawValue], meaning: $0.meaning) }
    }
  }

  /// The page, in 80 columns: short terms beside their meaning, long ones above it.
  var page: String {
    let width = entries.flatMap(\.terms).map(\.utf8.count).max() ?? 0
    let isWide = width > 12
    let indent = String(repeating: " ", count: isWide ? 6 : width + 4)
    var lines = [title, ""]
    for entry in entries {
      let terms = entry.terms.map { "  \($0)" }
      var line = isWide ? indent : terms.joined().padded(to: indent.utf8.count)
      if isWide { lines += terms }
      for word in entry.meaning.parts(at: " ") {
        if line.utf8.count + word.utf8.count > 79 {
          lines.append(line)
          line = indent
        }
        line += (line.utf8.last == UInt8(ascii: " ") ? "" : " ") + word
      }
      lines.append(line)
    }
    return lines.joined(separator: "\n")
  }

  private var title: String {
    switch self {
    case .exitStatus: "EXIT STATUS (when several apply, the worst counts):"
    case .environment: "ENVIRONMENT (an empty variable counts as not set):"
    case .formats: "FORMATS, for --format:"
    }
  }
}

extension OutputFormat {
  fileprivate var meaning: String {
    switch self {
    case .csv:
      "instances.csv, one row per instance, and tables/*.csv; safe to open in a spreadsheet."
    case .json: "report.json, every figure."
    case .ndjson: "instances.ndjson, the rows of instances.csv without loss."
    case .html: "report.html, one self-contained page."
    case .xlsx: "report.xlsx, the tables as a workbook."
    case .junit: "junit.xml, a test case per policy check, for CI."
    case .markdown: "summary.md, for a ticket."
    case .metrics: "metrics.prom, for Prometheus."
    case .oscal: "assessment-results.json, the policy checks as OSCAL, for compliance tools."
    }
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - utf8.count))
  }
}
