import AuditModel
import SafeXML

/// What was asked of whom, when, how much came back, and the digests of it, in entries of a list.
struct EvidenceFacts {
  let report: ReportDocument

  /// Server, account and query.
  func writeSource(to writer: inout MarkupWriter) {
    let source = report.cover.source
    writer.entry("Source") { writer in
      writer.source(source)
      if let version = source.productVersion {
        writer.text(", product version ")
        writer.element(.bdi, text: version)
      }
    }
    writer.entry("Account used") { writer in
      writer.untrusted(
        source.principal, or: source.kind == .packs ? "see the packs" : "none (saved files)")
    }
    if let peer = source.tlsPeer {
      writer.entry("Server certificate") { writer in
        writer.text("SHA-256 ")
        writer.digest(peer)
      }
    }
    if let query = report.cover.query {
      writer.entry("Query as sent") { $0.element(.code, .className("query"), text: query) }
    }
  }

  /// The period and the status date.
  func writeTimes(to writer: inout MarkupWriter) {
    let window = report.cover.window
    writer.entry("Period, UTC") { writer in
      writer.time(window.from)
      writer.text(" up to, not including, ")
      writer.time(window.to)
    }
    if window.timeZone != "UTC" {
      writer.entry("Period, \(window.timeZone)") { writer in
        writer.time(window.localFrom)
        writer.text(" to ")
        writer.time(window.localTo)
      }
    }
    writer.entry("Status as of") { writer in
      writer.time(report.cover.asOf)
      writer.text(", from \(report.cover.asOfSource)")
    }
  }

  /// How many instances there are, and which IDs there are not.
  func writeInstances(to writer: inout MarkupWriter) {
    let counts = report.completeness
    let instances = report.metrics.population.instances
    writer.entry("Instances") { writer in
      let outside = Counted(counts.distinct - instances, "instance")
      writer.text("\(DisplayFormat.count(instances)) in this period")
      if outside.number > 0 {
        writer.text(
          "; \(outside.phrase) read besides started outside it and \(outside.verb) left out")
      }
      writer.text(
        counts.announcedTotal.map { ". The server announced \(DisplayFormat.count($0))" }
          ?? "; \(counts.withoutTotal)")
    }
    if let gaps = counts.gapWords { writer.entry("Missing IDs") { $0.text(gaps) } }
  }

  /// How it was read.
  func writeReading(to writer: inout MarkupWriter) {
    let counts = report.completeness
    writer.entry("Read") { $0.text(reading) }
    if counts.openBefore > 0 {
      writer.entry("Older, open") {
        $0.text(
          "\(DisplayFormat.count(counts.openBefore)), listed under Open requests; not in the totals"
        )
      }
    }
  }

  private var reading: String {
    let counts = report.completeness
    let (changed, unstable) = (
      Counted(counts.changes.count, "record"), Counted(counts.volatile.count, "of them")
    )
    let requests =
      counts.requests > 0
      ? "in \(Counted(counts.requests, "request").phrase)"
      : counts.verdict == .incomplete ? "until the read ended early" : "from saved files"
    let changes =
      changed.number == 0 ? "" : "; \(changed.phrase) changed between reads"
    let rest =
      unstable.number == 0
      ? "" : "; \(DisplayFormat.count(unstable.number)) differed still at the last read"
    return
      "\(Counted(counts.rows, "record").figure) \(requests), \(Counted(counts.reads, "read").phrase)\(changes)\(rest)"
  }

  /// The program, and the digests of what it read.
  func writeDigests(to writer: inout MarkupWriter) {
    if let original = report.cover.twinOf {
      writer.entry("Pseudonymised copy of") { $0.digest(original) }
    }
    writer.entry("Made with") { $0.text("kfaudit \(report.cover.toolVersion)") }
    if let root = report.cover.merkleRoot {
      writer.entry("Fingerprint of all instances") { $0.digest(root) }
    }
    if let head = report.cover.journalHead {
      writer.entry("Last log hash") { $0.digest(head) }
    }
  }
}

extension MarkupWriter {
  /// Writes where instances came from.
  mutating func source(_ source: SourceDocument) {
    switch source.kind {
    case .server: text("Keyfactor Command")
    case .sandbox: text("kfaudit’s own sandbox, not a real server")
    case .pages: text("Keyfactor Command, saved responses")
    case .packs: text("packs, listed with their servers")
    default: text(source.kind.rawValue)
    }
    if let server = source.server {
      text(", ")
      element(.bdi, text: server)
    }
  }
}

/// The counts of a report from the server's total to the sums of its tables, each beside what it has to equal.
struct Reconciliation {
  let report: ReportDocument

  private struct Row {
    var label: String
    var count: Int?
    var grade: ReportStatus.Grade
    var check: String
  }

  func write(beside files: PackFiles, to writer: inout MarkupWriter) {
    HTMLTable(
      id: "counts-table", caption: "Counts that must agree", columns: Self.columns,
      rows: received + [
        Row(
          label: report.servers == nil
            ? files.words("Instances, the rows of instances.csv") : "Instances",
          count: instances, grade: .good,
          check: report.cover.merkleRoot == nil
            ? "counted once, whatever the pack" : "equal to the rows under their fingerprint"),
        sums,
      ], mark: ("check", { $0.grade })
    ).write(to: &writer)
  }

  private static let columns: [Column<Row>] = [
    .word("label", "Count", about: "What is counted.") { $0.label },
    .count("count", "Number", about: "How many.") { $0.count },
    .word("check", "Check", about: "What it is compared with.") { $0.check },
  ]

  private var instances: Int { report.metrics.population.instances }

  /// From what the server announced to distinct instances.
  private var received: [Row] {
    let counts = report.completeness
    let outside = counts.distinct - instances
    return [
      announced(counts),
      repeated(counts),
      Row(
        label: "Distinct IDs", count: counts.distinct, grade: .good,
        check: outside == 0
          ? "equal to the instances"
          : "equal to the instances and \(DisplayFormat.count(outside)) that started outside the period"
      ),
    ]
  }

  private func repeated(_ counts: CompletenessDocument) -> Row {
    let again = counts.rows - counts.distinct
    // Packs of one server overlap by design.
    return Row(
      label: "Rows received", count: counts.rows,
      grade: again == 0 || report.servers != nil ? .good : .review,
      check: again == 0
        ? "equal to the distinct IDs"
        : "equal to the distinct IDs and \(DisplayFormat.count(again)) that came again")
  }

  private func announced(_ counts: CompletenessDocument) -> Row {
    guard let total = counts.announcedTotal else {
      return Row(label: "Announced by the server", grade: .open, check: counts.withoutTotal)
    }
    let missing = total - counts.rows
    return Row(
      label: "Announced by the server", count: total, grade: missing == 0 ? .good : .review,
      check: missing == 0
        ? "equal to the rows received"
        : "\(DisplayFormat.count(abs(missing))) \(missing > 0 ? "more" : "fewer") than rows received"
    )
  }

  /// A report of which one of them differs is not written: ``ControlTotals``.
  private var sums: Row {
    let others = report.metrics.population.sums.map(\.sum).filter { $0 != instances }
    return Row(
      label: "Sums by status, by workflow type, by definition", count: others.first ?? instances,
      grade: others.isEmpty ? .good : .bad,
      check: others.isEmpty ? "each equal to the instances" : "not each equal to the instances")
  }
}
