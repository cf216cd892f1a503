import AuditModel
import SafeXML

/// A sheet for those who test information produced by the entity: where it comes from, how it was asked for, by whom and
/// when, whether it is complete and accurate, and which requirements it meets.
struct EvidenceSheetSection: SlotSection {
  let report: ReportDocument
  let files: PackFiles
  /// Where a section is, by its slot or its id.
  let place: (_ section: String) -> PagePlace?

  var slot: Slot { .evidenceSheet }

  func writeBody(to writer: inout MarkupWriter) {
    let facts = EvidenceFacts(report: report)
    writer.element(.dl, .className("facts")) { writer in
      writer.newline()
      facts.writeSource(to: &writer)
      facts.writeTimes(to: &writer)
      writeRun(to: &writer)
      writeCompleteness(to: &writer)
      facts.writeReading(to: &writer)
      entry("Missing IDs", at: .dataQuality, to: &writer) { $0.text(gaps) }
      facts.writeDigests(to: &writer)
      entry("Accuracy", at: .verify, to: &writer) { $0.text(accuracy) }
      writeChain(to: &writer)
      entry("Retention", at: .limitations, to: &writer) { $0.text(retention) }
    }
    writer.newline()
    Reconciliation(report: report).write(beside: files, to: &writer)
    RequirementTable(requirements: report.requirements, place: place).write(to: &writer)
  }

  /// Writes an entry with the way to the section that shows it.
  private func entry(
    _ term: String, at slot: Slot, to writer: inout MarkupWriter,
    content: (inout MarkupWriter) -> Void
  ) {
    writer.entry(term) { writer in
      content(&writer)
      if let place = place(slot.rawValue) { writer.way(to: place) }
    }
  }

  /// What the run was given, when the server answered, and who answers for it.
  private func writeRun(to writer: inout MarkupWriter) {
    guard let pack = report.cover.pack else {
      let holder = report.servers == nil ? "the original of this copy" : "the packs"
      writer.entry("Options, run, signer") { $0.text("in \(holder)") }
      return
    }
    if let responses = pack.responses {
      writer.entry("Server answered") { writer in
        writer.text("from ")
        writer.time(responses.first)
        writer.text(" to ")
        writer.time(responses.last)
        writer.text(", by its clock")
      }
    }
    writer.entry("Options") { writer in
      writer.text("all in ")
      writer.element(.code, text: "evidence/inputs/options.json")
      for input in pack.inputs {
        writer.text("; \(input.name) SHA-256 ")
        writer.digest(input.sha256)
      }
    }
    writer.entry("Who ran it") { writer in
      writer.text(
        report.cover.source.principal == nil
          ? "Not recorded: neither who saved the responses nor who ran kfaudit. "
          : "The account above read it; which user of the machine ran kfaudit is not recorded. ")
      if let signer = pack.signer {
        writer.text("Signed (\(signer.kind.uppercased())) by ")
        writer.untrusted(signer.name)
        writer.text("; check with kfaudit verify whether this signer is established.")
      } else {
        writer.text("Not signed: nothing shows who made it.")
      }
    }
  }

  private func writeCompleteness(to writer: inout MarkupWriter) {
    guard
      let status = ReportStatus.all(of: report).first(where: { $0.subject == .completeness })
    else { return }
    entry("Completeness", at: .cover, to: &writer) { writer in
      writer.element(.strong, text: status.word)
      writer.text(". ")
      writer.words(of: status.reason)
      writer.text(" ")
      writer.words(of: status.meaning)
    }
  }

  private var gaps: String {
    let counts = report.completeness
    return counts.missingIds == 0
      ? "none between the lowest and the highest."
      : "\(DisplayFormat.count(Int(counts.missingIds))) in \(Counted(counts.gapCount, "range").phrase) between the lowest "
        + "and the highest: not by itself a sign of loss."
  }

  private var accuracy: String {
    if report.completeness.verdict == .incomplete {
      return "Nothing is sealed, so nothing can be verified."
    }
    if report.servers != nil {
      return "The same packs, merged once more, give the same files to the byte."
    }
    return report.cover.twinOf == nil
      ? "Every row and figure follows from the responses again, with kfaudit verify and with recompute.py as a second "
        + "program; a change to any file or row shows in its digest."
      : "The rows and figures follow from the responses in the original."
  }

  /// The pack before this one, and what is different since.
  private func writeChain(to writer: inout MarkupWriter) {
    guard let pack = report.cover.pack else { return }
    guard let previous = pack.previous else {
      let restarts = report.completeness.findings.contains {
        $0.has(.chainRestarted)
      }
      return entry("Previous pack", at: .cover, to: &writer) {
        $0.text(
          restarts ? "none: a new chain begins here, as asked." : "none: it follows no other.")
      }
    }
    let changes = ChangesResult(in: report.metrics)
    entry("Previous pack", at: changes == nil ? .verify : .changes, to: &writer) { writer in
      writer.untrusted(previous.path)
      writer.text(", SHA-256 of its manifest ")
      writer.digest(previous.manifestSha256)
      writer.text(
        changes.map {
          "; its instances in this period and \(Counted($0.figures, "figure").phrase) are compared."
        } ?? "; nothing is compared with it.")
    }
  }

  private var retention: String {
    let kept =
      report.servers != nil
      ? "the packs are" : report.cover.twinOf == nil ? "this pack is" : "the original is"
    return
      "Baseline Requirements 5.4.3 ask for two years, for certificates from their end. How long \(kept) kept is not "
      + "recorded: show it by your archive. What was deleted earlier cannot be seen."
  }
}

/// What readers of audit evidence ask for, and what a report shows of it.
private struct RequirementTable {
  let requirements: [Requirement]
  /// Where a section is, by its slot or its id.
  let place: (_ section: String) -> PagePlace?

  func write(to writer: inout MarkupWriter) {
    let title = writer.numbering.nextTable()
    // It is long for a screen: there it opens on demand, and stays open when a link in it is followed. On paper, where it
    // is what the sheet is for, it always shows: it is beside what opens it, since a closed element is not printed.
    writer.element(.details, .className("asked-for")) { $0.element(.summary, text: summary) }
    writer.element(.div) { writer in
      writer.table("requirements", style: "requirements") { writer in
        writer.number(title)
        writer.text("Requirements, and what this report shows of them")
      } head: { writer in
        for head in ["Requirement", "State", "In this report"] {
          writer.element(.th, .scope(.col), text: head)
        }
      } body: {
        $0.rows(of: requirements) { write($0, to: &$1) }
      }
    }
    writer.newline()
    writer.note(
      "In our words. A state is what the data shows; it is no statement of compliance."
    )
  }

  /// `16 requirements: 3 shown, 9 partly, 4 not in this data`.
  private var summary: String {
    func count(_ state: Requirement.State) -> Int { requirements.count { $0.state == state } }
    return "\(requirements.count) requirements: \(count(.shown)) shown, \(count(.partly)) partly, "
      + "\(count(.notInData)) not in this data"
  }

  private func write(_ requirement: Requirement, to writer: inout MarkupWriter) {
    writer.element(.tr) { writer in
      writer.element(.th, .scope(.row)) { writer in
        writer.number(requirement.id)
        writer.text("\(requirement.title) ")
        writer.element(.small, text: requirement.source)
      }
      writer.element(.td) { writer in
        writer.sign(requirement.state)
        writer.text(" \(requirement.state.label)")
      }
      writer.element(.td) { writer in
        writer.text(requirement.text)
        // The sheet need not point to itself.
        if let section = requirement.section, !section.isSame(as: Slot.evidenceSheet.rawValue),
          let place = place(section)
        {
          writer.way(to: place)
        }
      }
    }
  }
}

extension MarkupWriter {
  /// Draws the sign of a state: a square with a tick, one half filled, one that is empty.
  fileprivate mutating func sign(_ state: Requirement.State) {
    switch state {
    case .shown: sign(.good)
    case .partly:
      element(.svg, .className("sign half"), .viewBox(width: 16, height: 16), .hidden) { writer in
        writer.element(
          .path, .className("face"), .path([points([(1, 1), (15, 15), (1, 15), (1, 1)])])
        ) { _ in }
        writer.element(
          .path, .className("stroke"),
          .path([points([(1, 1), (15, 1), (15, 15), (1, 15), (1, 1)])])
        ) { _ in }
      }
    case .notInData: sign(.open)
    }
  }
}
