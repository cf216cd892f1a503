import AuditModel
import SafeXML

/// What the page shows, and what it does not.
struct HistoryNotesSection: ReportSection {
  let id: StaticString = "notes"
  let title = "How to read this page"

  func writeBody(to writer: inout MarkupWriter) {
    writer.element(.dl, .className("terms")) { writer in
      for (term, meaning) in Self.terms { writer.entry(term) { $0.text(meaning) } }
    }
    writer.newline()
  }

  private static let terms = [
    (
      "What it is made of",
      "manifest.json, SHA256SUMS and report.json of each pack. It repeats what they contain and computes no figure of its "
        + "own but rates by workflow type from their counts."
    ),
    (
      "Files fit",
      "manifest.json and report.json have the digests that SHA256SUMS lists. Nothing else is checked: not SHA256SUMS itself, "
        + "no signature, no raw response. kfaudit verify --chain does that."
    ),
    (
      "Damaged",
      "One of the two files has another digest, is missing or cannot be read. No figure of such a pack is shown."
    ),
    (
      "Proved",
      "Two equal reads returned all that the account may see. Not proved: nothing shows that these are all instances."
    ),
    (
      "Missing",
      "Time between two packs that no pack covers, counted in periods as long as that of the pack before. What lies before "
        + "the first pack or after the last is not known here."
    ),
    (
      "Failing since",
      "The first report of the latest run in which the check failed. A period without a result, or not evaluated, does not "
        + "end a run; a report in which the check passed or was waived does."
    ),
    (
      "Revisions",
      "Of several packs of a period the newest counts; the others are listed under What is missing or does not fit."
    ),
    (
      "Chain",
      "Each pack contains the digest of the manifest of the pack published before it. The chain is broken where that pack is "
        + "missing or has another digest."
    ),
    (
      "Failed, rejected",
      "Of finished instances (completed, failed or rejected), with the 95% confidence interval (Wilson)."
    ),
    (
      "Time to finish",
      "As each report has it: observed where nothing is open, else the estimate including open requests (Kaplan–Meier), with "
        + "its 95% confidence interval."
    ),
  ]
}
