import AuditModel
import SafeXML

/// What the report covers, what the reader has to know of it, and where it comes from unless a sheet of evidence says so.
struct CoverSection: SlotSection {
  let report: ReportDocument
  /// The servers and packs of a merged report; `nil` in any other.
  let servers: ServersTables?
  /// Where the sheet is that has source, counts and digests; `nil` on a page without one.
  let sheet: PagePlace?

  var slot: Slot { .cover }

  func writeBody(to writer: inout MarkupWriter) {
    writeNotes(to: &writer)
    writer.element(.dl, .className("facts")) { writer in
      writer.newline()
      writer.entry("Scope") { $0.element(.bdi, text: report.cover.scope) }
      writer.entry("Prepared for") { $0.untrusted(report.cover.preparedFor, or: "not specified") }
      if let sheet {
        writer.entry("Source, query, counts") { writer in
          writer.text("evidence sheet,")
          writer.way(to: sheet)
        }
      } else {
        let facts = EvidenceFacts(report: report)
        facts.writeSource(to: &writer)
        facts.writeTimes(to: &writer)
        facts.writeInstances(to: &writer)
        facts.writeReading(to: &writer)
        facts.writeDigests(to: &writer)
      }
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

/// The servers and packs that a report was merged of, and how their periods lie.
struct ServersTables {
  let servers: [ServerReport]
  let limit: Int
  let files: PackFiles

  func write(to writer: inout MarkupWriter) {
    let alone =
      "Each figure of this report is in report.json for each server alone too, under servers. "
    writer.note(
      (files.json ? alone : "")
        + "An instance that several packs of a server hold counts once, as the newest of them has it."
    )
    HTMLTable(
      id: "servers-table", caption: "Servers", columns: shown(ServerColumns.servers), rows: servers,
      limit: limit, file: files.table("servers")
    ).write(to: &writer)
    HTMLTable(
      id: "packs-table", caption: "Packs", columns: shown(ServerColumns.packs),
      rows: ServerColumns.packRows(of: servers), limit: limit, file: files.table("packs")
    ).write(to: &writer)
    let coverage = ServerColumns.coverageRows(of: servers)
    if !coverage.isEmpty {
      HTMLTable(
        id: "coverage-table", caption: "Gaps and overlaps of periods",
        columns: ServerColumns.coverage, rows: coverage, limit: limit, file: files.table("coverage")
      ).write(to: &writer)
    }
  }

  private func shown<Row>(_ columns: [Column<Row>]) -> [Column<Row>] {
    columns.filter { !$0.field.isDetail }
  }
}
