package import AuditModel

/// Which files a report lies beside, so that its words point to none that is not there.
package struct PackFiles: Sendable {
  private let csv: Bool
  private let ndjson: Bool
  private let workbook: Bool
  let json: Bool
  /// Whether there is a page.
  let page: Bool
  private let oscal: Bool
  /// Whether the report is of several packs, whose rows stay with them.
  private let isMerged: Bool

  /// Names the formats that are made.
  package init(
    csv: Bool, ndjson: Bool, workbook: Bool, json: Bool, page: Bool = true,
    oscal: Bool = false, isMerged: Bool
  ) {
    self.csv = csv
    self.ndjson = ndjson
    self.workbook = workbook
    self.json = json
    self.page = page
    self.oscal = oscal
    self.isMerged = isMerged
  }

  /// What a pack holds when nobody chooses.
  package static let standard = PackFiles(
    csv: true, ndjson: true, workbook: false, json: true, isMerged: false)

  private static let rows = "instances.csv"
  private static let elsewhere = "the file that --format csv adds"

  /// The files with every instance.
  private var instances: [String] {
    if isMerged { return [] }
    return [csv ? Self.rows : nil, ndjson ? "instances.ndjson" : nil].compactMap { $0 }
      + (workbook && !csv ? ["report.xlsx"] : [])
  }

  /// The files that a reader looks for, a line each.
  var listing: [String] {
    let files: [(Bool, String, String)] = [
      (page, "report.html", "the report, to read and print"),
      (csv && !isMerged, "instances.csv", "every workflow instance, one a row, for a spreadsheet"),
      (
        ndjson && !isMerged, "instances.ndjson",
        "the same, with texts exactly as the server sent them"
      ),
      (workbook, "report.xlsx", "rows and tables as a workbook"),
      (csv, "tables/", "the tables of the report; datapackage.json explains each column"),
      (json, "report.json", "every figure, for programs"),
      (oscal, "assessment-results.json", "the policy checks as OSCAL, for compliance tools"),
      (!isMerged, "evidence/", "the responses of the server as received, and the request log"),
      (
        !isMerged, "manifest.json",
        "what was asked of whom, what came back, the digest of each file"
      ),
    ]
    let listed = files.filter(\.0)
    let width = listed.reduce(18) { max($0, $1.1.utf8.count + 2) }
    return listed.map { _, name, words in
      name + String(repeating: " ", count: width - name.utf8.count) + words
    }
  }

  /// The file in which texts are exact to the code point.
  var exact: String {
    if isMerged { return "the packs" }
    if ndjson { return "instances.ndjson" }
    return csv ? Self.rows : "the answers of the server, evidence/pages"
  }

  /// The file with every row of a table; `nil` where there is none.
  func table(_ name: String) -> String? {
    if csv { return "tables/\(name).csv" }
    return workbook ? "report.xlsx" : nil
  }

  /// Our own words, which name CSV files, with the names of what is there instead.
  func words(_ text: String) -> String {
    var text = text
    if !csv || isMerged {
      text = text.substituting(
        Self.rows, by: instances.first ?? (isMerged ? "the packs" : Self.elsewhere))
    }
    return csv ? text : withoutTables(text)
  }

  /// The text with what has their rows in the place of all files in tables/.
  private func withoutTables(_ text: String) -> String {
    guard let folder = text.utf8.firstRange(of: "tables/".utf8) else { return text }
    let rest = text[folder.upperBound...]
    let name = rest.utf8.prefix { $0.isASCIILetter || $0 == UInt8(ascii: "_") }
    let end = rest[name.endIndex...]
    guard end.begins(with: ".csv") else {
      return text[..<folder.upperBound] + withoutTables(String(rest))
    }
    let other = table(String(name) ?? "") ?? Self.elsewhere
    let after = end[end.utf8.index(end.startIndex, offsetBy: ".csv".utf8.count)...]
    return text[..<folder.lowerBound] + other + withoutTables(String(after))
  }

  /// Sections whose words name the files that are there: report.json has them too.
  package func words(_ metrics: MetricsDocument) -> MetricsDocument {
    var metrics = metrics
    metrics.changeSections { section in
      section.caption = words(section.caption)
      section.sentences = section.sentences.map(words)
    }
    return metrics
  }

  /// A sentence whose words of ours are as those of a caption.
  func words(_ sentence: Sentence) -> Sentence {
    var sentence = sentence
    sentence.parts = sentence.parts.map { part in
      if case .words(let text) = part { .words(words(text)) } else { part }
    }
    return sentence
  }
}

/// README.txt: what the folder is and where to begin, for somebody who opens it for the first time.
package enum ReadMe {
  /// Where it lies in a pack.
  package static let path = "README.txt"

  /// Renders a report's.
  package static func render(_ report: ReportDocument, beside files: PackFiles) -> Artifact {
    let title = TerminalText.sanitized(WindowTitle(window: report.cover.window).text)
    let isSealed = report.completeness.verdict != .incomplete
    let verdict = report.completeness.verdict.label.lowercased()
    var lines = [
      "EVIDENCE PACK: certificate workflows, \(title)", "",
      "Start here",
      files.page
        ? "  Open report.html in a browser. It needs no network and no other file."
        : "  This pack was made without a page; report.json or instances.csv have the figures and rows.",
      "  Its completeness is \(verdict), for all that the account that read it may see.",
      "", "What is in it",
    ]
    lines += files.listing.map { "  \($0)" }
    lines += ["", "How to check it"]
    lines +=
      isSealed
      ? report.servers == nil
        ? [
          "  Keep the folder as it is. In it, run one of these:", "",
          "    sha256sum -c SHA256SUMS     no file was changed",
          "    sh VERIFY.txt               the same, the request log and the signature",
          "    kfaudit verify .            recomputes every figure",
          "    python3 /usr/local/share/kfaudit/recompute.py .",
          "                                the same without kfaudit; the script is installed with it",
        ]
        : [
          "  Run kfaudit verify on each pack that report.html lists, and here:", "",
          "    sha256sum -c SHA256SUMS     no file was changed",
        ]
      : [
        "  It cannot be checked: a part of the period could not be read. Do not use it as evidence."
      ]
    lines += ["", "It may name people. Handle it as your organisation handles personal data.", ""]
    return Artifact(
      path: path, mediaType: "text/plain", bytes: Array(lines.joined(separator: "\n").utf8))
  }
}
