package import AuditFetch
import AuditModel
private import AuditReduce
private import Yams

// How a server is read.
extension Settings {
  /// `--assurance`: `proved` or `counted`.
  package static let assurance = Setting<FetchPlan.Assurance>(
    .option(
      "assurance", "how", .choice(FetchPlan.Assurance.allCases.map(\.rawValue)), default: "proved",
      help:
        "proved: read twice and compare. counted: read once; the report is marked unproved.")
  ) { text, mistakes in
    if let assurance = FetchPlan.Assurance(rawValue: text) { return assurance }
    mistakes.add(
      Message(
        .invalidChoice, "--assurance", NamedValue.shown(text),
        "Use proved (two reads) or counted (one read; the report is marked unproved)."))
    return nil
  }

  /// `--concurrency`: how many requests may be under way at the same time.
  package static let concurrency = Setting<Int>(
    .option("concurrency", "n", default: "4", help: "Parallel requests, 1 to 16.")
  ) { text, mistakes in
    if let number = Int(text), 1...16 ~= number { return number }
    mistakes.add(
      Message(
        .invalidNumber, "--concurrency", NamedValue.shown(text), "a whole number from 1 to 16"))
    return nil
  }

  /// In seconds: `90s`, `30m`, `2h`, or whole seconds.
  package static let deadline = Setting<Int64>(
    .option(
      "deadline", "duration", default: "30m",
      help: "Time limit of the reads, up to 24h: 90s, 30m, 2h.")
  ) { text, mistakes in
    let units: [Unicode.Scalar: Int64] = ["s": 1, "m": 60, "h": 3600]
    let unit = text.unicodeScalars.last.flatMap { units[$0] }
    if let number = Int64(unit == nil ? text[...] : text.dropLast()) {
      let (seconds, overflow) = number.multipliedReportingOverflow(by: unit ?? 1)
      if !overflow, 1...86_400 ~= seconds { return seconds }
    }
    mistakes.add(Message(.invalidDuration, NamedValue.shown(text)))
    return nil
  }

  /// `--keep-partial`: what was read before a fetch failed is kept.
  package static let keepPartial = Setting(
    flag: "keep-partial",
    help: "If the read fails, keep what was read as <window>.INCOMPLETE, watermarked.")

  /// `--previous`: the earlier pack to compare with.
  package static let previous = Setting<String>(
    .option(
      "previous", "pack", .folder,
      default: .words(
        help: "the newest in the archive", shown: "the newest pack in the archive"),
      help: "Earlier pack to chain to and to compare with.")
  ) { folder($0, of: "--previous", &$1) }
}

// What is published, and where.
extension Settings {
  /// `--out`: the archive.
  package static let out = Setting<String>(
    .option(
      "out", "folder", .folder, default: "kfaudit-archive",
      help: "Archive: the folder that packs are published in.")
  ) { folder($0, of: "--out", &$1) }

  /// `--format`: a comma-separated list.
  package static let format = Setting<Set<OutputFormat>>(
    .option(
      "format", "list", .choices(OutputFormat.allCases.map(\.rawValue)),
      default: "csv,json,ndjson,html",
      help: "Output formats, comma-separated.")
  ) { text, mistakes in
    var formats: Set<OutputFormat> = []
    for name in names(in: text, of: "--format", &mistakes) {
      if let format = OutputFormat(rawValue: name) {
        formats.insert(format)
      } else {
        mistakes.add(
          Message(
            .unknownFormat, NamedValue.shown(name), Nearest.hint(for: name, among: formatNames)))
      }
    }
    return formats
  }.inFile("formats") { entry, mistakes in
    let nodes = entry.list(&mistakes)
    if nodes.isEmpty, entry.value.sequence != nil {
      mistakes.add(
        Message(.emptyFormats, entry.document.place(of: entry.value), entry.shownKey))
    }
    var formats: Set<OutputFormat> = []
    for node in nodes {
      if let format = node.text.flatMap({ OutputFormat(rawValue: $0) }) {
        formats.insert(format)
      } else {
        mistakes.add(entry.unknown(node, among: formatNames))
      }
    }
    return formats
  }

  /// `--metrics`: a comma-separated list.
  package static let metrics = Setting<[String]>(
    .option(
      "metrics", "list", .choices(MetricKey.allCases.map(\.rawValue)),
      default: .words(help: "all that the configuration allows", shown: "all"),
      help: "Metrics to compute, comma-separated.")
  ) { names(in: $0, of: "--metrics", &$1) }

  /// `--template`: the built-in brief, or a folder with a template.
  package static let template = Setting<String>(
    .option(
      "template", "folder", .folder, default: .words(shown: "built-in"),
      help: "brief, or a folder with a template of your own; kfaudit template write makes one.")
  ) { folder($0, of: "--template", &$1) }

  /// `--policy`: gates and exceptions.
  package static let policy = Setting<String>(
    .option(
      "policy", "file", .file(["yaml", "yml"]),
      help: "Policy checks and waivers in YAML; if a check fails, the exit status is 1."))

  /// `--approvals`: decisions from elsewhere.
  package static let approvals = Setting<String>(
    .option(
      "approvals", "file", .file(["csv"]),
      help:
        "Decisions from elsewhere in CSV: who approved or rejected which request, and when; kept in the pack."
    ))

  /// `--excel`: a byte order mark before CSV.
  package static let excel = Setting(
    flag: "excel", help: "Begin CSV files with a byte order mark, which Excel needs for UTF-8.")

  /// `--accept-unproved`: an unproved population is no failure.
  package static let acceptUnproved = Setting(
    flag: "accept-unproved",
    help: "Exit with 0 even if completeness could not be proved; the report stays watermarked.")

  /// `--allow-shared`: others than this user may be able to write to the archive.
  package static let allowShared = Setting(
    flag: "allow-shared",
    help:
      "Allow an archive that belongs to another user, or that others can write to.")

  /// `--bundle`: also one file beside the pack.
  package static let bundle = Setting(
    flag: "bundle",
    help: "Also write the published pack as one file beside it, <pack>.zip.")

  /// `--restart-chain`: begin a new chain of packs.
  package static let restartChain = Setting(
    flag: "restart-chain",
    help:
      "Begin a new chain although the archive contains packs; the manifest and the report record it."
  )

  /// `--force`: publish after a pack that is not what was published.
  package static let force = Setting(
    flag: "force",
    help: "Publish even if the previous pack fails verification; the report records it.")

  private static let formatNames = OutputFormat.allCases.map(\.rawValue)

  private static func names(
    in text: String, of option: String, _ mistakes: inout PlanMistakes
  ) -> [String] {
    let names = text.parts(at: ",").map { $0.trimmingSpaces() }.filter { !$0.isEmpty }
    if names.isEmpty {
      mistakes.add(Message(.emptyList, option))
    }
    return names
  }
}

/// A file format of a pack.
package enum OutputFormat: String, Sendable, CaseIterable {
  /// instances.csv and tables/, with their data dictionary.
  case csv
  /// report.json, every figure.
  case json
  /// instances.ndjson, the rows without loss.
  case ndjson
  /// report.html, one page that needs nothing else.
  case html
  /// report.xlsx, the tables as a workbook.
  case xlsx
  /// junit.xml, a case a gate.
  case junit
  /// summary.md, for the page of a pipeline.
  case markdown
  /// metrics.prom, for the textfile collector of Prometheus.
  case metrics
  /// assessment-results.json, the policy checks for programs that load OSCAL.
  case oscal
}

extension StringProtocol {
  /// The text without ASCII white space around it.
  package func trimmingSpaces() -> String {
    let isSpace = { (scalar: Unicode.Scalar) in scalar == " " || 9...13 ~= scalar.value }
    let scalars = unicodeScalars.drop(while: isSpace)
    guard let last = scalars.lastIndex(where: { !isSpace($0) }) else { return "" }
    return String(String.UnicodeScalarView(scalars[...last]))
  }
}
