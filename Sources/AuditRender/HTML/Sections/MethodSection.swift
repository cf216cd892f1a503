import AuditModel
import SafeXML

/// What each figure means, so that somebody else can compute it again.
struct MethodSection: ReportSection {
  let files: PackFiles

  var id: StaticString { "method" }
  var title: String { "Method" }

  func writeBody(to writer: inout MarkupWriter) {
    writer.element(.dl, .className("terms")) { writer in
      writer.newline()
      for (term, meaning) in words { writer.entry(term) { $0.text(meaning) } }
    }
    writer.newline()
  }

  private var words: [(String, String)] {
    [
      (
        "Window",
        "An instance belongs to the report when its start lies in the window: from ≤ start < to. One "
          + "without a readable start belongs to the read that returned it."
      ),
      (
        "Ended, open, restarted",
        "Complete, Failed and Rejected have ended; Running and Suspended are open; CanceledForRestart is "
          + "restarted. Any other status is unknown and in no rate. Complete does not mean issued."
      ),
      (
        "Turnaround",
        "Last modification minus start, in milliseconds. Instances with impossible dates are in the "
          + "population but in no time statistic."
      ),
      (
        "Completed only",
        "Hyndman–Fan type 7 percentiles (Excel’s PERCENTILE.INC) over ended instances. The 95% percentile "
          + "needs 20 of them, the 99% percentile 100; below that the page says “too few”."
      ),
      (
        "Kaplan–Meier",
        "Ended instances are events; open ones are censored at the as-of instant, restarted ones at their "
          + "last modification. A quantile is the first event time at which the share still unfinished "
          + "falls to it, with log–log (Brookmeyer–Crowley) 95% limits; where it never falls so far the "
          + "page says “not reached”."
      ),
      (
        "Approval latency",
        "The same over definitions that showed a request for approval in this window, or that the "
          + "configuration names."
      ),
      (
        "Rates",
        "k of n with the Wilson 95% interval, without continuity correction. For users and definitions n "
          + "counts their own ended instances, for steps and failure classes all of them."
      ),
      (
        "Failure class",
        "Read from the status message of Failed instances by fixed rules; what no rule reads is "
          + "unclassified and shown as such."
      ),
      (
        "Days",
        "A start counts on the day it happened in the report’s time zone, an end on the day of the last "
          + "modification. Days without any are shown as zero."
      ),
      (
        "Strings from the server",
        "Shown as text. Invisible and control characters appear as tokens such as ⟨U+202E⟩, whatever their "
          + "source; the exact code points are in \(files.exact)."
      ),
    ]
  }
}

/// What nobody should read out of the report.
struct LimitationsSection: ReportSection {
  let limitations: [String]

  var id: StaticString { "limitations" }
  var title: String { "What this report cannot show" }

  func writeBody(to writer: inout MarkupWriter) {
    writer.element(.ul, .className("prose")) { writer in
      for limitation in limitations { writer.element(.li, text: limitation) }
    }
    writer.newline()
  }
}
