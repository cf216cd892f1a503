package import AuditModel

/// `history.csv`: a row a pack, its standing and key figures, and a column a policy check.
package enum HistoryCSV {
  /// Writes the file, RFC 4180 with CRLF; texts cannot start a formula.
  package static func file(_ history: HistoryDocument) -> Artifact {
    var bytes: [UInt8] = []
    let figures = history.keyFigures.flatMap { history.series(of: $0) }
      .flatMap { columns(of: $0) }
    CSVCell.append(
      row: (columns + figures).map { .text($0.name) }
        + history.checks.map { .text("check:\($0.id)") },
      to: &bytes)
    for pack in history.packs {
      let results = pack.results
      CSVCell.append(
        row: (columns + figures).map { $0.value(pack) }
          + history.checks.map { .text(results[Name($0.id)]?.rawValue) }, to: &bytes)
    }
    return Artifact(path: "history.csv", mediaType: "text/csv; charset=utf-8", bytes: bytes)
  }

  private typealias Column = (name: String, value: @Sendable (HistoryPack) -> Cell)

  /// The columns of a key figure: its value and, where it has them, its limits.
  private static func columns(of series: KeyFigureSeries) -> [Column] {
    let figure = series.key.figure
    let name = "figure:\(figure.name)" + (figure.isGrouped ? ":\(series.group ?? "")" : "")
    let value: Column = (name, { .number(series.value(in: $0)?.value) })
    if !figure.hasInterval { return [value] }
    return [
      value, ("\(name):low", { .number(series.value(in: $0)?.low) }),
      ("\(name):high", { .number(series.value(in: $0)?.high) }),
    ]
  }

  private static let columns: [Column] = [
    ("pack", { .text($0.name.description) }),
    ("from", { .instant($0.window.from) }),
    ("to", { .instant($0.window.to) }),
    ("time_zone", { .text($0.window.zone.identifier) }),
    ("revision", { .count($0.name.revision) }),
    ("counts", { .flag($0.counts) }),
    ("files", { .text($0.files.name) }),
    ("chain", { .text($0.link.name) }),
    ("as_of", { .instant($0.head?.asOf) }),
    ("tool_version", { .text($0.head?.toolVersion) }),
    ("verdict", { .text($0.head?.verdict.rawValue) }),
    ("instances", { .count($0.report?.figures.all.instances ?? $0.head?.instances) }),
    ("open", { .count($0.report?.figures.all.open) }),
    ("finished", { .count($0.report?.figures.all.failures.n) }),
    ("failed", { .count($0.report?.figures.all.failures.k) }),
    ("failed_rate", { .ratio($0.report?.figures.all.failures.rate) }),
    ("failed_low", { .ratio($0.report?.figures.all.failures.low) }),
    ("failed_high", { .ratio($0.report?.figures.all.failures.high) }),
    ("rejected", { .count($0.report?.figures.all.rejections.k) }),
    ("rejected_rate", { .ratio($0.report?.figures.all.rejections.rate) }),
    ("rejected_low", { .ratio($0.report?.figures.all.rejections.low) }),
    ("rejected_high", { .ratio($0.report?.figures.all.rejections.high) }),
    ("checks_passed", { count(.passed, in: $0) }),
    ("checks_failed", { count(.failed, in: $0) }),
    ("checks_waived", { count(.excepted, in: $0) }),
    ("checks_not_evaluated", { count(.notJudged, in: $0) }),
  ]

  private static func count(_ result: GateDocument.Result, in pack: HistoryPack) -> Cell {
    .count(pack.report.map { report in report.checks.count { $0.result == result } })
  }
}
