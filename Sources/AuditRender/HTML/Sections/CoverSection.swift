import AuditModel
import SafeXML

/// The cover sheet: what was asked of whom, when, how much came back, and how to check it.
struct CoverSection: ReportSection {
  let report: ReportDocument

  var id: StaticString { "cover" }
  var title: String { "Scope and evidence" }

  func writeBody(to writer: inout MarkupWriter) {
    writer.element(.dl, .className("facts")) { writer in
      writer.newline()
      writeSource(to: &writer)
      writeTimes(to: &writer)
      writeCounts(to: &writer)
      writeEvidence(to: &writer)
    }
    writer.newline()
  }

  private func writeSource(to writer: inout MarkupWriter) {
    let source = report.cover.source
    writer.entry("Scope") { $0.element(.bdi, text: report.cover.scope) }
    writer.entry("Prepared for") { writer in
      if let recipient = report.cover.preparedFor {
        writer.untrusted(recipient)
      } else {
        writer.text(
          "those who answer for these certificates and those who audit them; the configuration (preparedFor) names "
            + "nobody in particular")
      }
    }
    writer.entry("Source") { writer in
      writer.text(kind)
      if let server = source.server {
        writer.text(": ")
        writer.element(.bdi, text: server)
      }
      if let version = source.productVersion {
        writer.text(", product version ")
        writer.element(.bdi, text: version)
      }
    }
    writer.entry("Read by") { writer in
      writer.untrusted(
        source.principal,
        or: source.kind == "packs" ? "see the packs" : "no account: saved pages")
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

  private var kind: String {
    switch report.cover.source.kind {
    case "server": "Keyfactor Command"
    case "sandbox": "kfaudit’s own sandbox, not a real server"
    case "pages": "saved response bodies"
    case "packs": "packs, listed with their servers"
    default: report.cover.source.kind
    }
  }

  private func writeTimes(to writer: inout MarkupWriter) {
    let window = report.cover.window
    writer.entry("Window, UTC") { writer in
      writer.time(window.from)
      writer.text(" to ")
      writer.time(window.to)
      writer.text(", the end excluded")
    }
    if window.timeZone != "UTC" {
      writer.entry("Window, \(window.timeZone)") { writer in
        writer.time(window.localFrom)
        writer.text(" to ")
        writer.time(window.localTo)
      }
    }
    writer.entry("As of") { writer in
      writer.time(report.cover.asOf)
      writer.text(", \(report.cover.asOfSource)")
    }
  }

  private func writeCounts(to writer: inout MarkupWriter) {
    let counts = report.completeness
    writer.entry("Instances") { writer in
      writer.text(
        "\(DisplayFormat.count(report.metrics.population.instances)) in the window, of "
          + "\(DisplayFormat.count(counts.distinct)) distinct ids in \(DisplayFormat.count(counts.rows, "row"))"
          + (counts.announcedTotal.map { "; the server announced \(DisplayFormat.count($0))" }
            ?? "; the server announced no total"))
    }
    writer.entry("Reading") { writer in
      writer.text(
        "\(DisplayFormat.count(counts.reads, "read")) in \(DisplayFormat.count(counts.requests, "request")); "
          + "\(DisplayFormat.count(counts.gapCount, "gap")) in the reference ids; "
          + "\(DisplayFormat.count(counts.changes.count, "row")) changed between reads, "
          + "\(DisplayFormat.count(counts.volatile.count)) never held still")
    }
    writer.entry("Open from before") { writer in
      writer.text(
        "\(DisplayFormat.count(counts.openBefore, "instance")) started before the window and still open: outside the cohort"
      )
    }
  }

  private func writeEvidence(to writer: inout MarkupWriter) {
    if let original = report.cover.twinOf {
      writer.entry("Pseudonymised twin of") { $0.digest(original) }
    }
    writer.entry("Made by") { $0.text("kfaudit \(report.cover.toolVersion)") }
    if let root = report.cover.merkleRoot {
      writer.entry("Merkle root of the rows") { $0.digest(root) }
    }
    if let head = report.cover.journalHead {
      writer.entry("Head of the journal") { $0.digest(head) }
    }
    writer.entry("How to verify") { writer in
      if report.completeness.verdict == .incomplete {
        writer.text("not at all: what was read is kept as it is, and nothing of it is sealed.")
        return
      }
      if report.servers != nil {
        writer.element(.code, text: "kfaudit verify")
        writer.text(" on each pack that is listed, and ")
        writer.element(.code, text: "sha256sum -c SHA256SUMS")
        writer.text(
          " in the folder of this file; the same packs merged once more give the same files.")
        return
      }
      writer.element(.code, text: "kfaudit verify")
      writer.text(" on the folder of this file computes it again. With standard tools only: ")
      writer.element(.code, text: "sha256sum -c SHA256SUMS")
      writer.text(", and the further steps in ")
      writer.element(.code, text: "VERIFY.txt")
      writer.text(".")
    }
  }
}
