import AuditModel

/// One line of a turnaround table: a quantile as observed and as estimated.
struct QuantileRow: Sendable {
  var name: String
  var observed: Double?
  /// The estimate and its limits; `nil` for lines that the estimate does not have.
  var estimate: (value: Double?, limits: KaplanMeierDocument.Limits)?

  static func rows(of figures: TurnaroundDocument.Figures) -> [QuantileRow] {
    let observed = figures.completedOnly
    let estimate = figures.kaplanMeier
    return [
      QuantileRow(
        name: "Median", observed: observed.p50, estimate: (estimate.p50, estimate.limits.p50)),
      QuantileRow(
        name: "75%", observed: observed.p75, estimate: (estimate.p75, estimate.limits.p75)),
      QuantileRow(
        name: "90%", observed: observed.p90, estimate: (estimate.p90, estimate.limits.p90)),
      QuantileRow(
        name: "95%", observed: observed.p95, estimate: (estimate.p95, estimate.limits.p95)),
      QuantileRow(name: "99%", observed: observed.p99),
      QuantileRow(name: "Longest", observed: observed.max),
    ]
  }

  static let columns: [Column<QuantileRow>] = [
    Column("quantile", "Ended within", .text, about: "The share of instances.") {
      .term($0.name, label: $0.name)
    },
    Column("observed", "Completed only", .duration, about: "Observed durations, type 7.") {
      .duration($0.observed, or: .tooFew)
    },
    Column("estimate", "Kaplan–Meier", .duration, about: "The estimate over all instances.") {
      $0.estimate.map { .duration($0.value, or: .notReached) } ?? .missing(.none)
    },
    Column("limits", "95% limits", .duration, about: "Log–log limits of the estimate.") {
      $0.estimate.map { .durationLimits(low: $0.limits.low, high: $0.limits.high) }
        ?? .missing(.none)
    },
  ]
}
