import AuditModel

extension ReportDocument {
  /// Its figures, as a later report is held against them.
  ///
  /// - Throws: what JSONEncoder throws, which it has no reason to.
  func metricValues() throws -> JSONValue {
    try JSONDocument.read(JSONValue.self, from: JSONFile.bytes(metrics))
  }

  /// Enters beside the changes of instances how the figures differ from an earlier report's.
  mutating func compare(with previous: PreviousDocument?) throws {
    guard let previous,
      let index = metrics.further.firstIndex(where: { $0.key == "changes" })
    else { return }
    guard let figures = previous.figures else {
      metrics.further[index].sentences.append(
        "The earlier pack has no report.json, so that no figures are held against each other.")
      metrics.further[index].tables.append(FigureComparison.nothing.table)
      return
    }
    let values = try metricValues()
    let comparison = FigureComparison(
      figures, with: ReportedFigure.all(in: values),
      areIndependent: previous.rows.isEmpty, names: values.definitionNames)
    metrics.further[index].sentences.append(comparison.sentence)
    metrics.further[index].tables.append(comparison.table)
  }
}
