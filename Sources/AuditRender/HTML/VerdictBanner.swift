import AuditModel
import SafeXML

/// Whether the report is complete, said where nobody can miss it.
struct VerdictBanner {
  let completeness: CompletenessDocument

  func write(to writer: inout MarkupWriter) {
    switch completeness.verdict {
    case .proved, .provedWithChanges:
      writeBox(className: "verdict proved", to: &writer)
    case .unproved, .incomplete:
      writeBox(className: "verdict unproved", to: &writer)
      // A picture of the word: it is no text to be read, and stands out as little as a watermark does.
      writer.element(.div, .className("watermark"), .hidden) { writer in
        writer.element(.svg, .viewBox(width: 400, height: 60)) { writer in
          writer.element(.text, .className("middle"), .x(200), .y(45), text: word)
        }
      }
      writer.newline()
    }
  }

  private func writeBox(className: StaticString, to writer: inout MarkupWriter) {
    writer.element(.div, .className(className), .role("note"), .label("Verdict on completeness")) {
      writer in
      writer.element(.p) { writer in
        writer.element(.strong, text: word)
        writer.text(" " + sentence)
      }
      if !completeness.reasons.isEmpty || !completeness.findings.isEmpty {
        writer.element(.ul) { writer in
          for reason in completeness.reasons { writer.element(.li, text: reason) }
          for finding in completeness.findings { writeFinding(finding, to: &writer) }
        }
      }
    }
    writer.newline()
  }

  private func writeFinding(
    _ finding: Notice, to writer: inout MarkupWriter
  ) {
    writer.element(.li) { writer in
      writer.element(.strong, text: finding.code)
      writer.text(" " + finding.text)
    }
  }

  private var word: String { completeness.verdict.label }

  private var sentence: String {
    switch completeness.verdict {
    case .proved: "This report holds every instance of its window."
    case .provedWithChanges:
      "This report holds every instance of its window; some changed while they were read."
    case .unproved: "It is not proved that this report holds every instance of its window."
    case .incomplete: "Instances of the window are known to be missing from this report."
    }
  }
}
