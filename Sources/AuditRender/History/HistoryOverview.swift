import AuditModel
import SafeXML

/// The first screen: how many packs are proved, what fails and since when, what is missing, what to follow up.
struct HistoryOverview {
  let history: HistoryDocument
  let links: PackLinks

  /// From the first period to the last.
  var period: String {
    guard let first = history.packs.first else { return "" }
    let last = history.packs.map(\.window.to).max() ?? first.window.to
    return Window(from: first.window.from, to: last, zone: first.window.zone).words
  }

  func writeSource(to writer: inout MarkupWriter) {
    let heads = history.packs.compactMap(\.head)
    // Each run of the sandbox has an address of its own.
    if !heads.isEmpty, heads.allSatisfy({ $0.source == .sandbox }) {
      return writer.text("kfaudit’s own sandbox, not a real server")
    }
    let servers = Set(heads.compactMap { $0.server.map { Name($0) } })
    let isSaved = heads.contains { $0.server == nil }
    switch (servers.count, isSaved) {
    case (1, false):
      writer.text("Keyfactor Command ")
      writer.untrusted(servers.first?.string, or: "")
    case (0, true): writer.text("Saved responses")
    case (0, false): writer.text("Source not known")
    case (let count, _):
      writer.text(
        Counted(count, "server").phrase + (isSaved ? " and saved responses" : ""))
    }
  }

  func writeSummary(to writer: inout MarkupWriter) {
    writer.element(.section, .labelledBy("summary")) { writer in
      writer.element(.h2, .id("summary"), text: "Summary")
      writer.element(.p, .className("summary")) { $0.words(of: history.summarySentence) }
    }
    writer.newline()
  }

  func writeStatuses(to writer: inout MarkupWriter) {
    writer.block("statuses", "status", "Status") { writer in
      writer.element(.dl) { writer in
        writeCompleteness(to: &writer)
        writeChecks(to: &writer)
        writeCoverage(to: &writer)
        writeFiles(to: &writer)
      }
    }
  }

  private func writeCompleteness(to writer: inout MarkupWriter) {
    let summary = history.summary
    let proved = Counted(summary.periods, "period")
    let isAll = summary.proved == summary.periods
    let some =
      summary.proved == 0
      ? "No period is"
      : "\(DisplayFormat.count(summary.proved)) of \(proved.phrase) \(Counted(summary.proved, "").verb)"
    let last = history.counted.last { ![.proved, .provedWithChanges].contains($0.standing) }
    let reason: Sentence =
      isAll
      ? "\(proved.all) \(proved.verb) proved."
      : """
      \(some) proved. The latest that is not: \(last?.window.words ?? "") (\(last?.standing.label.lowercased() ?? "")).
      """
    writer.status(
      "Completeness", isAll ? .good : .bad, isAll ? "Proved" : "Not all proved", reason,
      isAll
        ? "Proved is always: all that the account that read it may see."
        : "Read such a period again with kfaudit run before you rely on its totals.")
  }

  private func writeChecks(to writer: inout MarkupWriter) {
    let failing = history.checks.filter { $0.current == .failed }
    let current = history.checks.filter { $0.current != nil }
    guard let newest = history.newest, !current.isEmpty else {
      return writer.status(
        "Policy checks", .open, "Not evaluated", "The newest report has no policy checks.",
        "Nothing was compared with limits of your organisation.")
    }
    if failing.isEmpty {
      let checks = Counted(current.count, "policy check")
      let passed = current.count { $0.current == .passed }
      let isAll = passed == current.count
      return writer.status(
        "Policy checks", isAll ? .good : .review, isAll ? "Passed" : "Passed in part",
        isAll
          ? "\(checks.all) passed in the newest report, \(newest.window.words)."
          : "\(DisplayFormat.count(passed)) of \(checks.phrase) passed in the newest report, \(newest.window.words).",
        isAll
          ? "The table of checks shows when each failed before."
          : "A check that was waived or not evaluated is not a pass.")
    }
    let shown = failing.prefix(3).map { $0.failingSentence(in: history) }
    let others = Counted(failing.count - shown.count, "more check")
    writer.status(
      "Policy checks", .bad, "\(DisplayFormat.count(failing.count)) failing",
      Sentence(shown.flatMap { $0.parts + [.words(" ")] }),
      others.number == 0
        ? "Newest report: \(newest.window.words)."
        : "\(others.start) \(others.choose("fails", "fail")). Newest report: \(newest.window.words)."
    )
  }

  private func writeCoverage(to writer: inout MarkupWriter) {
    let missing = Counted(history.missingPeriods, "period")
    let first = history.missing.prefix(3).map(\.window.words).enumeration
    let overlaps = Counted(history.overlaps.count, "pack")
    let isWhole = missing.number == 0
    let overlap =
      overlaps.number == 0
      ? ""
      : " \(overlaps.start) \(overlaps.choose("overlaps", "overlap")) an earlier one."
    writer.status(
      "Coverage", isWhole ? (overlaps.number == 0 ? .good : .review) : .bad,
      isWhole ? "No gap" : "\(DisplayFormat.count(missing.number)) missing",
      isWhole
        ? "From the first pack to the last, no time is without a pack.\(overlap)"
        : "No pack covers \(first)\(history.missing.count > 3 ? ", and others" : "").\(overlap)",
      isWhole
        ? "What lies before the first pack and after the last cannot be judged here."
        : "Run kfaudit for these periods; section What is missing lists them.")
  }

  private func writeFiles(to writer: inout MarkupWriter) {
    let summary = history.summary
    let damaged = history.packs.filter { !$0.faults.isEmpty }
    let packs = Counted(summary.packs, "pack")
    let broken = Counted(summary.brokenLinks, "link")
    let chain =
      broken.number == 0
      ? "No link of the chain is broken."
      : "\(broken.start) of the chain \(broken.verb) broken."
    let isFit = damaged.isEmpty
    writer.status(
      "Files and chain", isFit && broken.number == 0 ? .good : .bad,
      isFit ? (broken.number == 0 ? "Fit" : "Chain broken") : "Do not fit",
      isFit
        ? "manifest.json and report.json of \(packs.all.lowercasedFirst) fit their digests. \(chain)"
        : """
        \(DisplayFormat.count(damaged.count)) of \(packs.phrase) \(Counted(damaged.count, "").choose("does", "do")) not fit \
        \(Counted(damaged.count, "").choose("its", "their")) digests: \(damaged.prefix(2).map(\.name.description).enumeration)\
        \(damaged.count > 2 ? " …" : ""). \(chain)
        """,
      "Only these two files are looked at. kfaudit verify --chain checks all files, signatures and figures."
    )
  }

  func writeFollowUp(to writer: inout MarkupWriter) {
    writer.block("follow-up", "follow-up", "To follow up, newest report") { writer in
      guard let newest = history.newest, let report = newest.report else {
        return writer.paragraph("No report could be read.")
      }
      if report.followUp.isEmpty {
        writer.paragraph("The newest report has nothing to follow up.")
      } else {
        writer.element(.ol) { writer in
          for fact in report.followUp.prefix(FollowUp.most) {
            writer.newline()
            writer.element(.li) { $0.untrusted(fact.text) }
          }
        }
      }
      writer.element(.p) { writer in
        links.write(newest, to: &writer) { $0.text("Report of \(newest.window.words)") }
      }
    }
  }

  func writeKeyFigures(to writer: inout MarkupWriter) {
    let summary = history.summary
    let revisions = summary.packs - summary.periods
    let tiles: [(label: String, count: Int, note: String?)] = [
      (
        "Periods", summary.periods,
        revisions == 0 ? nil : "\(Counted(revisions, "older revision").phrase) beside them"
      ),
      ("Proved", summary.proved, nil), ("Not proved", summary.unproved, nil),
      ("Incomplete", summary.incomplete, nil), ("Damaged", summary.damaged, nil),
      ("Missing", summary.missing, nil), ("Checks failing now", summary.failing, nil),
    ]
    writer.block("key-figures", "key-figures", "Key figures") { writer in
      writer.element(.dl, .className("tiles")) { writer in
        for tile in tiles { writer.tile(tile.label, tile.count, note: tile.note) }
      }
    }
  }
}

extension HistoryCheck {
  /// Which check fails, since when, and how often that is.
  fileprivate func failingSentence(in history: HistoryDocument) -> Sentence {
    let start = history.counted.first { $0.name == since }
    let others =
      unknown == 0 ? "" : ", \(Counted(unknown, "period").phrase) without a result among them"
    return """
      \(name: title): failing since \(start?.window.words ?? ""), in \(Counted(run, "report").phrase)\(others).
      """
  }
}
