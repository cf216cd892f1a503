package import AuditFetch
import AuditModel
private import AuditReduce
private import Yams

// How a server is read.
extension Settings {
  /// `--assurance`: `proved` or `counted`.
  package static var assurance: Setting<FetchPlan.Assurance> {
    Setting(
      .option(
        "assurance", "how", .choice(FetchPlan.Assurance.allCases.map(\.rawValue)),
        default: "proved",
        help: "proved: read twice and compare. counted: read once; the report is marked unproved.")
    ) { text, mistakes in
      FetchPlan.Assurance(rawValue: text)
        ?? mistakes.refuse(
          .invalidChoice, "--assurance", NamedValue.shown(text),
          "Use proved (two reads) or counted (one read; the report is marked unproved).")
    }
  }

  /// `--concurrency`: how many requests may be under way at the same time.
  package static var concurrency: Setting<Int> {
    Setting(
      .option("concurrency", "n", default: "4", help: "Parallel requests, 1 to 16."), within: 1...16
    )
  }

  /// In seconds: `90s`, `30m`, `2h`, or whole seconds.
  package static var deadline: Setting<Int64> {
    Setting(
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
      return mistakes.refuse(.invalidDuration, NamedValue.shown(text))
    }
  }

  /// `--keep-partial`: what was read before a fetch failed is kept.
  package static var keepPartial: Setting<Bool> {
    Setting(
      flag: "keep-partial",
      help: "If the read fails, keep what was read as <window>.INCOMPLETE, watermarked.")
  }

  /// `--previous`: the earlier pack to compare with.
  package static var previous: Setting<String> {
    Setting(
      folder: .option(
        "previous", "pack", .folder,
        default: .words(help: "the newest in the archive", shown: "the newest pack in the archive"),
        help: "Earlier pack to chain to and to compare with."))
  }
}

// What is published, and where.
extension Settings {
  /// `--out`: the archive.
  package static var out: Setting<String> {
    Setting(
      folder: .option(
        "out", "folder", .folder, default: "kfaudit-archive",
        help: "Archive: the folder that packs are published in."))
  }

  /// `--format`: a comma-separated list.
  package static var format: Setting<Set<OutputFormat>> {
    Setting(
      .option(
        "format", "list", .choices(OutputFormat.allCases.map(\.rawValue)),
        default: "csv,json,ndjson,html", help: "Output formats, comma-separated.")
    ) { text, mistakes in
      Set(
        names(in: text, of: "--format", &mistakes).compactMap { name in
          OutputFormat(rawValue: name)
            ?? mistakes.refuse(
              .unknownFormat, NamedValue.shown(name), Nearest.hint(for: name, among: formatNames))
        })
    }.inFile(
      "formats", .list(of: .choice(formatNames), least: 1), "What to write. --format wins."
    ) { entry, mistakes in
      let nodes = entry.list(&mistakes)
      if nodes.isEmpty, entry.value.sequence != nil {
        mistakes.add(.emptyFormats, entry.document.place(of: entry.value), entry.shownKey)
      }
      return Set(
        nodes.compactMap { node in
          node.text.flatMap { OutputFormat(rawValue: $0) }
            ?? mistakes.refuse(entry.unknown(node, among: formatNames))
        })
    }
  }

  /// `--metrics`: a comma-separated list.
  package static var metrics: Setting<[String]> {
    Setting(
      .option(
        "metrics", "list", .choices(MetricKey.allCases.map(\.rawValue)),
        default: .words(help: "all that the configuration allows", shown: "all"),
        help: "Metrics to compute, comma-separated.")
    ) { names(in: $0, of: "--metrics", &$1) }
  }

  /// `--template`: the built-in brief, or a folder with a template.
  package static var template: Setting<String> {
    Setting(
      folder: .option(
        "template", "folder", .folder, default: .words(shown: "built-in"),
        help: "brief, or a folder with a template of your own; kfaudit template write makes one."))
  }

  /// `--policy`: gates and exceptions.
  package static var policy: Setting<String> {
    Setting(
      .option(
        "policy", "file", .file(["yaml", "yml"]),
        help: "Policy checks and waivers in YAML; if a check fails, the exit status is 1."))
  }

  /// `--approvals`: decisions from elsewhere.
  package static var approvals: Setting<String> {
    Setting(
      .option(
        "approvals", "file", .file(["csv"]),
        help:
          "Decisions from elsewhere in CSV: who approved or rejected which request, and when; kept in the pack."
      ))
  }

  /// `--excel`: a byte order mark before CSV.
  package static var excel: Setting<Bool> {
    Setting(
      flag: "excel", help: "Begin CSV files with a byte order mark, which Excel needs for UTF-8.")
  }

  /// `--accept-unproved`: an unproved population is no failure.
  package static var acceptUnproved: Setting<Bool> {
    Setting(
      flag: "accept-unproved",
      help: "Exit with 0 even if completeness could not be proved; the report stays watermarked.")
  }

  /// `--allow-shared`: others than this user may be able to write to the archive.
  package static var allowShared: Setting<Bool> {
    Setting(
      flag: "allow-shared",
      help: "Allow an archive that belongs to another user, or that others can write to.")
  }

  /// `--bundle`: also one file beside the pack.
  package static var bundle: Setting<Bool> {
    Setting(
      flag: "bundle", help: "Also write the published pack as one file beside it, <pack>.zip.")
  }

  /// `--restart-chain`: begin a new chain of packs.
  package static var restartChain: Setting<Bool> {
    Setting(
      flag: "restart-chain",
      help:
        "Begin a new chain although the archive contains packs; the manifest and the report record it."
    )
  }

  /// `--force`: publish after a pack that is not what was published.
  package static var force: Setting<Bool> {
    Setting(
      flag: "force",
      help: "Publish even if the previous pack fails verification; the report records it.")
  }

  private static let formatNames = OutputFormat.allCases.map(\.rawValue)

  private static func names(
    in text: String, of option: String, _ mistakes: inout PlanMistakes
  ) -> [String] {
    let names = text.parts(at: ",").map { $0.trimmingSpaces() }.filter { !$0.isEmpty }
    if names.isEmpty {
      mistakes.add(.emptyList, option)
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

extension String {
  /// The text without ASCII white space around it.
  package func trimmingSpaces() -> String {
    String(decoding: utf8.trimming { $0 == UInt8(ascii: " ") || 9...13 ~= $0 }, as: UTF8.self)
  }
}
