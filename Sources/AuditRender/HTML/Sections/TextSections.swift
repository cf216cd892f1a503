import AuditModel
import SafeXML

/// Terms and what they mean: Method, and the glossary.
struct TermsSection: SlotSection {
  let slot: Slot
  let terms: KeyValuePairs<String, String>

  func writeBody(to writer: inout MarkupWriter) {
    writer.element(.dl, .className("terms")) { writer in
      writer.newline()
      for (term, meaning) in terms { writer.entry(term) { $0.text(meaning) } }
    }
    writer.newline()
  }
}

/// What each figure means, with its technical name, so that somebody else can compute it again.
struct MethodTerms {
  let files: PackFiles

  /// The terms in the order of the page.
  var terms: KeyValuePairs<String, String> {
    [
      "Period":
        "An instance belongs to the report when its start lies in the period: from ≤ start < to. One without a readable "
        + "start belongs to the read that returned it.",
      "To follow up":
        "Incomplete or not proved; failed checks; missed service levels; requests open for longer than the longest service "
        + "level of their type, or 7 days; completed but pending at the CA; notices; titles not recognised; odd data. At "
        + "most seven, in this order.",
      "Finished, open, restarted":
        "Complete, Failed and Rejected have finished; Running and Suspended are open; CanceledForRestart is restarted. Any "
        + "other status is unknown and in no rate.",
      "Issued, revoked, pending":
        "What the status message of a completed instance says. Complete by itself does not mean issued.",
      "Time to finish":
        "Last modification minus start. Instances with impossible dates are in the population but in no time.",
      "Median, open included":
        "Kaplan–Meier estimate: open instances are censored at the status date, restarted ones at their last modification; "
        + "log–log (Brookmeyer–Crowley) limits. “Not reached” where the estimate never falls so far. Where nothing is open "
        + "or restarted, the observed median.",
      "Finished only":
        "Hyndman–Fan type 7 percentiles (Excel’s PERCENTILE.INC); 95% needs 20 instances, 99% needs 100, else “too few”. "
        + "The two medians can differ slightly in small samples even when nothing is open: one interpolates.",
      "Share by time":
        "Outcomes over time: Aalen–Johansen cumulative incidence of completed, rejected and failed.",
      "Rates":
        "k of n with the Wilson 95% confidence interval, without continuity correction. For users and definitions n counts "
        + "their own finished instances, for steps and categories all of them. Beyond chance: a binomial tail below 2.5% "
        + "(95%) or 0.1% (99.8%) under the overall rate.",
      "Concentration":
        "Herfindahl–Hirschman index, the sum of squared shares: low below 0.15, moderate below 0.25, else high.",
      "Failure category":
        "Read from the status message by fixed rules; what no rule reads is unclassified.",
      "Change from week to week":
        "Ratio of counts with exact (conditional binomial) limits. Days are those of the report’s time zone.",
      "Texts from the server":
        "Shown as text. Invisible and control characters appear as tokens such as ⟨U+202E⟩; the exact code points are in "
        + "\(files.exact).",
    ]
  }
}

/// The words of the report.
enum GlossaryTerms {
  /// The terms by name.
  static let terms: KeyValuePairs<String, String> = [
    "Automation": "The timer and the configured service accounts.",
    "Completeness proved":
      "Two reads of the period returned the same records. It holds for what the account may see.",
    "Confidence interval":
      "How far chance alone may have moved a share; wide where there are few.",
    "Evidence pack":
      "The folder of this file: the report, the rows, the responses of the server and their digests.",
    "Fingerprint of all instances":
      "Merkle root: one hash over all rows; it changes when any row does.",
    "Last log hash": "The end of the hash chain over all requests and responses.",
    "Median": "Half took no longer. 90% within: nine of ten took no longer.",
    "Notice": "Something that the reader has to know; it fails nothing.",
    "Pattern to review": "Worth a look, with innocent explanations; no proof of anything.",
    "Pending at the CA":
      "The workflow has completed and the CA has not decided: there is no certificate yet.",
    "Policy check": "A limit of your organisation for a figure of this report.",
    "Population": "All instances that started in the period.",
    "Restarted":
      "Cancelled because another instance took over; Keyfactor Command says CanceledForRestart.",
    "Status date": "The instant as of which open instances are open, and to which ages run.",
    "Waived": "The check failed, and named people answer for it until a date.",
    "Workflow instance":
      "One run of a workflow: an enrollment, a renewal, a revocation or an event of another type.",
  ]
}

/// What nobody should read out of the report.
struct LimitationsSection: SlotSection {
  let limitations: [String]

  var slot: Slot { .limitations }

  func writeBody(to writer: inout MarkupWriter) {
    writer.element(.ul, .className("prose columns")) { writer in
      for limitation in limitations { writer.element(.li, text: limitation) }
    }
    writer.newline()
  }
}

/// What happened, in a few sentences.
struct SummarySection: SlotSection {
  let sentences: [Sentence]

  var slot: Slot { .summary }

  func writeBody(to writer: inout MarkupWriter) {
    writer.element(.p, .className("summary")) { writer in
      for (index, sentence) in sentences.enumerated() {
        if index > 0 { writer.text(" ") }
        writer.words(of: sentence)
      }
    }
    writer.newline()
  }
}

/// Lines for those who have read the report.
struct SignOffSection: SlotSection {
  var slot: Slot { .signOff }

  func writeBody(to writer: inout MarkupWriter) {
    writer.paragraph("We have read this report and followed up what it lists.")
    writer.element(.dl, .className("sign-off")) { writer in
      for role in ["Prepared by", "Reviewed by", "Approved by"] {
        writer.entry(role) { writer in
          for line in ["Name", "Date", "Signature"] {
            writer.element(.span, .className("line"), text: line)
            writer.text(" ")
          }
        }
      }
    }
    writer.newline()
  }
}
