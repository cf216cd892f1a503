private import AuditModel
private import AuditPlan

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

    init(_ terms: String..., means meaning: String) {
      self.terms = terms
      self.meaning = meaning
    }
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
      ExitStatus.allCases.map { Entry("\($0.rawValue)", means: $0.meaning) }
        + [Entry("128+n", means: "Ended by signal n.")]
    case .environment: Self.variables
    case .formats: OutputFormat.allCases.map { Entry($0.rawValue, means: $0.meaning) }
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

  private static let variables = [
    Entry("KEYFACTOR_HOSTNAME", means: "The server, without --server."),
    Entry("KEYFACTOR_PORT", means: "Its port."),
    Entry(
      "KEYFACTOR_API_PATH", means: "The path of the API. Default: \(ServerAddress.standardPath)."),
    Entry(
      "KEYFACTOR_USERNAME", "KEYFACTOR_PASSWORD",
      means: "User and password for Basic authentication."),
    Entry("KEYFACTOR_DOMAIN", means: "The domain of a user name that has none."),
    Entry(
      "KEYFACTOR_AUTH_CLIENT_ID", "KEYFACTOR_AUTH_CLIENT_SECRET", "KEYFACTOR_AUTH_TOKEN_URL",
      means: "OAuth client, its secret, and the address that issues its tokens."),
    Entry(
      "KEYFACTOR_AUTH_SCOPES", "KEYFACTOR_AUTH_AUDIENCE",
      means: "Scopes and audience of these tokens."),
    Entry("KEYFACTOR_AUTH_ACCESS_TOKEN", means: "A token that was issued already."),
    Entry(
      "KEYFACTOR_AUTH_CONFIG_FILE",
      means: "The profile file. Default: ~/.keyfactor/command_config.json."),
    Entry("KEYFACTOR_AUTH_CONFIG_PROFILE", means: "The profile to use. Default: default."),
    Entry(
      "KEYFACTOR_CA_CERT",
      means: "Certificates to trust in addition to the system's, like --ca-file."),
    Entry("KEYFACTOR_CLIENT_TIMEOUT", means: "Time limit of a request, in seconds."),
    Entry(
      "KEYFACTOR_SKIP_VERIFY",
      means: "Refused unless it means no: certificates are always verified."),
    Entry(
      "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy",
      means: "The proxy, without --proxy."),
    Entry(
      "HTTP_PROXY", "http_proxy",
      means:
        "The proxy to a timestamp authority over plain http. If REQUEST_METHOD is set, only http_proxy counts."
    ),
    Entry(
      "NO_PROXY", "no_proxy",
      means: "Hosts, addresses and networks such as 10.0.0.0/8 to reach without a proxy."),
    Entry("NO_COLOR", means: "If it is not empty, messages are not coloured."),
    Entry("TMPDIR", means: "Folder for temporary files. Default: /tmp."),
  ]
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
