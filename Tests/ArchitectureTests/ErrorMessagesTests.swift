import Foundation
import Testing

/// The page that lists what the program says when something is wrong.
@Suite("Messages")
struct ErrorMessagesTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let sources = root.appending(path: "Sources")
  private static let page = sources.appending(path: "kfaudit/Documentation.docc/ErrorMessages.md")

  /// Where users meet messages, and the sources that they come from.
  private static let sections: [(title: String, paths: [String])] = [
    (
      "The command line, the environment and files named there",
      [
        "kfaudit/UsageMessage", "kfaudit/", "AuditPlan/PlanError",
        "AuditPlan/Settings+Window", "AuditPlan/Settings+Source",
        "AuditPlan/Settings+Output", "AuditPlan/AuditPlan",
        "AuditPlan/Settings+Signing", "AuditPlan/PseudonymKey", "AuditPlan/Nearest",
      ]
    ),
    (
      "The server, credentials and certificates, before anything is asked",
      [
        "AuditPlan/ConnectionResolver", "AuditPlan/CredentialsResolver",
        "AuditPlan/Profile", "AuditPlan/Settings+Connection",
        "AuditPlan/TransportResolver", "AuditPlan/ProxyResolver",
      ]
    ),
    (
      "The configuration file, the policy and the template",
      [
        "AuditPlan/YAMLDocument", "AuditPlan/Configuration", "AuditPlan/CalendarReader",
        "AuditPlan/Settings+File", "AuditPlan/Policy/PolicyReader",
        "AuditRender/HTML/TemplateError", "SafeXML/TemplateCompiler",
        "SafeXML/XMLDocument",
        "AuditReport/Report/TemplateExport",
      ]
    ),
    ("Reading from a server", ["AuditFetch/", "AuditTransport/", "kfaudit/Console/Log+Fetch"]),
    (
      "The table of kfaudit check",
      ["AuditRun/ServerCheck", "AuditFetch/Preflight/", "AuditFetch/Read/CountChecks"]
    ),
    (
      "Pages and rows",
      [
        "AuditModel/Reading/", "SafeGzip/", "AuditReport/Rows/PopulationError",
        "AuditReport/Rows/ReductionError",
      ]
    ),
    (
      "The archive and its files",
      [
        "AuditFiles/", "AuditRun/Reading/", "AuditRun/AuditRun", "AuditRun/Reading/ServerRead",
        "SafeXLSX/Workbook",
      ]
    ),
    (
      "Signing and time-stamping",
      [
        "AuditEvidence/Signing/SigningError", "AuditRun/Signing/",
        "AuditEvidence/Signing/PackSigner",
        "AuditEvidence/Signing/",
      ]
    ),
    (
      "Verifying, rendering, proofs and samples",
      ["AuditPacks/Verifying/", "AuditFiles/PackError", "AuditEvidence/", "AuditPacks/Sampling/"]
    ),
    (
      "Comparing packs",
      [
        "AuditPacks/Comparing/ComparedPack", "AuditPacks/Comparing/DiffNotes",
        "AuditReport/Judging/FigureComparison", "AuditReport/Judging/ReportDocument+Compare",
      ]
    ),
    ("Merging packs", ["AuditPacks/Merging/MergeError"]),
    (
      "In the report",
      [
        "AuditFetch/Read/CompletenessDecision", "AuditFetch/Read/PopulationRead",
        "AuditFetch/Read/SideQuestions", "AuditReport/",
        "AuditRun/Reading/PreviousComparison", "AuditReport/Judging/", "AuditPacks/Merging/",
      ]
    ),
    (
      "The sandbox",
      [
        "CommandSandbox/SandboxError", "CommandSandbox/Server/SandboxOptions",
        "CommandSandbox/Sandbox",
      ]
    ),
    ("Faults of kfaudit", ["AuditRender/RenderError"]),
  ]

  /// What the program answers for sentences that no status stands beside.
  private static let answers = [
    "kfaudit/UsageMessage": "64", "kfaudit/Interruption": "128 + n",
    "AuditPlan/YAMLDocument": "78", "SafeXML/": "78", "AuditPacks/Sampling/": "64",
    "AuditEvidence/Verification/": "65", "CommandSandbox/SandboxError": "69",
    "SafeXLSX/": "74", "AuditFetch/Read/CompletenessDecision": "in the report",
    "AuditFetch/Read/PopulationRead": "in the report",
    "AuditFetch/Read/SideQuestions": "in the report",
    "AuditReport/Report/ReportAssembly": "in the report",
    "AuditReport/Report/Acquisition": "in the report",
    "AuditReport/Rows/ScopeWarning": "in the report",
    "AuditReport/Judging/PolicyJudgement": "in the report",
    "AuditReport/Judging/ExceptionReview": "in the report",
    "AuditPacks/Merging/MergeAssembly": "in the report",
    "AuditPacks/Merging/MergeLimitations": "in the report",
    "AuditPacks/Merging/MergedCompleteness": "in the report",
  ]

  /// Sources whose texts are no messages.
  private static let others = [
    // The report itself, and the words that explain its figures.
    "AuditRender/", "AuditReduce/", "AuditModel/Documents/", "AuditModel/Tables/",
    // The commands of VERIFY.txt, and the list of figures in Policies.md.
    "AuditEvidence/VerifyText", "AuditReport/Judging/ReportFacts",
    "AuditReport/Judging/FigureChange",
    // What kfaudit diff, kfaudit config and kfaudit help print, and the words that explain it.
    "AuditPacks/Comparing/", "AuditPlan/ConfigShow", "AuditPlan/Setting.", "kfaudit/HelpTopic",
    // What the shell is told.
    "AuditRun/Signing/SignCommand.swift",
    // What is sent to the server, and what is written into documents.
    "AuditFetch/Paging/InstanceFilter", "SafeXML/", "SafeXLSX/",
    // What the stand-in server says in the place of Keyfactor Command.
    "CommandSandbox/",
    // Names of wire formats and the rules of titles and messages.
    "AuditModel/Normalising/", "AuditModel/Time/", "AuditModel/Values/", "AuditModel/Connection/",
    "Plugins/",
  ]

  @Test("The documentation lists every message, by where people meet it")
  func documentation() throws {
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    let start = try #require(text.range(of: "## Messages\n\n")?.upperBound)
    let expected = try Self.tables()
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      try (text[..<start] + expected).write(to: Self.page, atomically: true, encoding: .utf8)
    }
    #expect(text[start...] == expected, "RECORD_GOLDEN=1 rewrites the page")
  }

  /// The tables of all sections.
  private static func tables() throws -> String {
    var rows: [Int: [(rank: Int, path: String, sentences: [Sentence])]] = [:]
    for path in try paths() {
      let tokens = SwiftToken.reading(
        try String(contentsOf: sources.appending(path: path), encoding: .utf8))
      let answer = answers.first { path.hasPrefix($0.key) }?.value
      let sentences = Sentence.reading(tokens, statuses: try statuses).map { sentence in
        sentence.answer.isEmpty
          ? Sentence(text: sentence.text, answer: answer ?? "") : sentence
      }
      guard !sentences.isEmpty else { continue }
      guard let (section, rank) = place(of: path) else {
        let isOther = others.contains { path.hasPrefix($0) }
        #expect(isOther, "\(path) has messages and belongs to no section: \(sentences[0].text)")
        continue
      }
      rows[section, default: []].append((rank, path, sentences))
    }
    return sections.indices.map { index in
      let files = (rows[index] ?? []).sorted { ($0.rank, $0.path) < ($1.rank, $1.path) }
      return table(sections[index].title, files.flatMap(\.sentences))
    }.joined(separator: "\n")
  }

  private static func table(_ title: String, _ sentences: [Sentence]) -> String {
    var seen = Set<String>()
    let sentences = sentences.filter { seen.insert($0.text).inserted }
    let rows = sentences.filter { !$0.answer.isEmpty }
      .map { "| \(escaped($0.text)) | \($0.answer) |\n" }
    let parts = sentences.filter(\.answer.isEmpty).map { "- \(escaped($0.text))\n" }
    return "### \(title)\n"
      + (rows.isEmpty ? "" : "\n| message | answer |\n|---|---|\n\(rows.joined())")
      + (parts.isEmpty
        ? "" : "\nParts of sentences, and lines that tell of no failure:\n\n\(parts.joined())")
  }

  /// The text with a backslash before what Markdown would obey.
  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      if "*_<>|`&\\".contains(character) { result.append("\\") }
      result.append(character)
    }
  }

  /// The section of a source, and its place in it: the longest path decides.
  private static func place(of path: String) -> (section: Int, rank: Int)? {
    let found = sections.enumerated().flatMap { section in
      section.element.paths.enumerated().filter { path.hasPrefix($0.element) }
        .map { (section: section.offset, rank: $0.offset, length: $0.element.count) }
    }
    let longest = found.max { $0.length < $1.length }
    let other = others.filter { path.hasPrefix($0) }.map(\.count).max() ?? 0
    return longest.flatMap { $0.length > other ? ($0.section, $0.rank) : nil }
  }

  private static func paths() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: sources.path)
      .filter { $0.hasSuffix(".swift") }.sorted()
  }

  /// The exit statuses by the names of their cases.
  private static var statuses: [String: String] {
    get throws {
      let path = "AuditModel/AuditFailure.swift"
      let tokens = SwiftToken.reading(
        try String(contentsOf: sources.appending(path: path), encoding: .utf8))
      var statuses: [String: String] = [:]
      for index in tokens.indices.dropLast(3) where tokens[index] == .word("case") {
        if case .word(let name) = tokens[index + 1], case .word(let number) = tokens[index + 3] {
          statuses[name] = number
        }
      }
      return statuses
    }
  }
}
