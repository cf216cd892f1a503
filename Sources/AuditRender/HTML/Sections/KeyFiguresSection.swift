import AuditModel
import SafeXML

/// The handful of figures that people look for first.
struct KeyFiguresSection: ReportSection {
  let metrics: MetricsDocument

  var id: StaticString { "key-figures" }
  var title: String { "Key figures" }

  private static let shownTypes = 4

  func writeBody(to writer: inout MarkupWriter) {
    writer.element(.dl, .className("figures")) { writer in
      writer.newline()
      writeCounts(to: &writer)
      for type in (metrics.turnaround ?? []).prefix(Self.shownTypes) {
        writeMedian(of: type, to: &writer)
      }
    }
    writer.newline()
  }

  private func writeCounts(to writer: inout MarkupWriter) {
    let population = metrics.population
    let status = population.byStatus
    let ended = Status.allCases.filter(\.isTerminal).map { status[$0] }.reduce(0, +)
    figure("Instances", to: &writer) {
      $0.text(DisplayFormat.count(population.instances))
    } note: {
      $0.text("of \(DisplayFormat.count(population.byWorkflowType.count, "workflow type"))")
    }
    figure("Complete", to: &writer) {
      $0.text(DisplayFormat.count(status[.complete]))
    } note: {
      let share = WilsonInterval.rate(status[.complete], of: population.instances).rate
      $0.text(share.map { "\(DisplayFormat.percent($0)) of all instances" } ?? "of none")
    }
    let failed = WilsonInterval.rate(status[.failed], of: ended)
    figure("Failed", to: &writer) {
      $0.cell(.ratio(failed.rate))
    } note: { writer in
      writer.text("\(DisplayFormat.count(status[.failed])) of \(DisplayFormat.count(ended)) ended")
      if let low = failed.low, let high = failed.high {
        writer.text("; 95% interval ")
        writer.element(.span, .className("whole"), text: DisplayFormat.interval(low, high))
      }
    }
    figure("Open", to: &writer) {
      $0.text(DisplayFormat.count(status[.running] + status[.suspended]))
    } note: {
      $0.text(
        "\(DisplayFormat.count(status[.running])) running, \(DisplayFormat.count(status[.suspended])) suspended"
      )
    }
  }

  private func writeMedian(of type: TurnaroundDocument, to writer: inout MarkupWriter) {
    writer.element(.div) { writer in
      writer.element(.dt) { writer in
        writer.text("Median turnaround, ")
        writer.untrusted(type.workflowType, or: "no workflow type")
      }
      writer.element(.dd) { $0.cell(.duration(type.figures.kaplanMeier.p50, or: .notReached)) }
      writer.element(.dd, .className("note")) { writer in
        writer.text("Kaplan–Meier; completed only ")
        writer.cell(.duration(type.figures.completedOnly.p50, or: .tooFew))
      }
    }
    writer.newline()
  }

  private func figure(
    _ name: String, to writer: inout MarkupWriter, value: (inout MarkupWriter) -> Void,
    note: (inout MarkupWriter) -> Void
  ) {
    writer.element(.div) { writer in
      writer.element(.dt, text: name)
      writer.element(.dd, content: value)
      writer.element(.dd, .className("note"), content: note)
    }
    writer.newline()
  }
}
