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
        source.principal, or: source.kind == "packs" ? "see the packs" : "none (saved files)")
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
    case "server": text("Keyfactor Command")
    case "sandbox": text("kfaudit’s own sandbox, not a real server")
    case "pages": text("Keyfactor Command, saved responses")
    case "packs": text("packs, listed with their servers")
    default: text(source.kind)
    }
    if let server = source.server {
      text(", ")
      element(.bdi, text: server)
    }
  }
}
