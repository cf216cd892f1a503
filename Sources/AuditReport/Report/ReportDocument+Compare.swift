package import AuditModel
import AuditReduce

extension ReportDocument {
  /// Enters beside the changes of instances how the figures differ from an earlier report's.
  package mutating func compare(with previous: PreviousDocument?) {
    guard let previous else { return }
    let facts = ReportFacts(of: metrics)
    metrics.changeSections { section in
      guard section.key == "changes" else { return }
      guard let figures = previous.figures else {
        section.sentences.append(
          "The earlier pack has no report.json, so that no figures are held against each other.")
        section.tables.append(FigureComparison.nothing.table)
        return
      }
      let comparison = FigureComparison(
        figures, with: facts.figures, areIndependent: previous.rows.isEmpty,
        names: facts.definitionNames)
      section.sentences.append(comparison.sentence)
      section.tables.append(comparison.table)
    }
  }
}
