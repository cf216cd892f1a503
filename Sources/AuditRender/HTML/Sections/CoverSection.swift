import AuditModel
import SafeXML

/// What was asked of whom, when, how much came back, and the digests of it.
struct CoverSection: SlotSection {
  let report: ReportDocument
  /// The servers and packs of a merged report; `nil` in any other.
  let servers: ServersTables?

  var slot: Slot { .cover }

  func writeBody(to writer: inout MarkupWriter) {
    writeNotes(to: &writer)
    writer.element(.dl, .className("facts")) { writer in
      writer.newline()
      writeSource(to: &writer)
      writeTimes(to: &writer)
      writeCounts(to: &writer)
      writeEvidence(to: &writer)
    }
    writer.newline()
    servers?.write(to: &writer)
  }

  /// Why the verdict is what it is, and what else the reader has to know, in full.
  private func writeNotes(to writer: inout MarkupWriter) {
    let (reasons, notices) = (report.completeness.reasons, report.completeness.findings)
    guard !reasons.isEmpty || !notices.isEmpty else { return }
    writer.element(.ul, .className("prose")) { writer in
      for reason in reasons { writer.element(.li, text: reason) }
      for notice in notices {
        writer.element(.li) { writer in
          writer.element(.code, text: notice.code)
          writer.text(" " + notice.text)
        }
      }
    }
    writer.newline()
  }

  private func writeSource(to writer: inout MarkupWriter) {
    let source = report.cover.source
    writer.entry("Scope") { $0.element(.bdi, text: report.cover.scope) }
    writer.entry("Prepared for") { $0.untrusted(report.cover.preparedFor, or: "not specified") }
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

  private func writeTimes(to writer: inout MarkupWriter) {
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

  private func writeCounts(to writer: inout MarkupWriter) {
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
          ?? ". No total was announced")
    }
    writer.entry("Read") { $0.text(reading) }
    if let gaps = counts.gapWords { writer.entry("Missing IDs") { $0.text(gaps) } }
    if counts.openBefore > 0 {
      writer.entry("Older open requests") {
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
      counts.requests == 0
      ? "from saved files" : "in \(Counted(counts.requests, "request").phrase)"
    let changes =
      changed.number == 0 ? "" : "; \(changed.phrase) changed between reads"
    let rest =
      unstable.number == 0
      ? "" : "; \(DisplayFormat.count(unstable.number)) differed still at the last read"
    return
      "\(Counted(counts.rows, "record").figure) \(requests), \(Counted(counts.reads, "read").phrase)\(changes)\(rest)"
  }

  private func writeEvidence(to writer: inout MarkupWriter) {
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

/// How to verify the report, step by step.
struct VerifySection: SlotSection {
  let report: ReportDocument

  var slot: Slot { .verify }

  func writeBody(to writer: inout MarkupWriter) {
    if report.completeness.verdict == .incomplete {
      writer.paragraph(
        "It cannot be verified: what was read is kept as it is, and nothing is sealed.")
      return
    }
    if report.servers != nil {
      steps(to: &writer) { writer in
        step("kfaudit verify", " on each pack that is listed.", to: &writer)
        step("sha256sum -c SHA256SUMS", " in the folder of this file.", to: &writer)
        writer.element(
          .li, text: "Merge the same packs once more: the files are the same to the byte.")
      }
      return
    }
    steps(to: &writer) { writer in
      writer.element(
        .li, text: "Take the whole folder that this file is in: a page by itself proves nothing.")
      step("sha256sum -c SHA256SUMS", " checks that no file was changed.", to: &writer)
      step(
        "sh VERIFY.txt",
        " checks this, the request log and the signature, if there is one, with standard tools.",
        to: &writer)
      step(
        "kfaudit verify .", " recomputes every figure from the responses of the server.",
        to: &writer)
      step(
        "python3 /usr/local/share/kfaudit/recompute.py .",
        " does so without kfaudit; the script is installed with it and part of each release.",
        to: &writer)
    }
  }

  private func steps(to writer: inout MarkupWriter, content: (inout MarkupWriter) -> Void) {
    writer.element(.ol, .className("prose"), content: content)
    writer.newline()
  }

  private func step(_ command: String, _ words: String, to writer: inout MarkupWriter) {
    writer.element(.li) { writer in
      writer.element(.code, text: command)
      writer.text(words)
    }
  }
}
