import AuditModel

/// The columns of turnaround tables.
enum TurnaroundColumns {
  typealias RowColumn = Column<TurnaroundRow>

  static let all = keys + counts + completedOnly + kaplanMeier

  private static let keys = [
    RowColumn("workflow_type", "Workflow type", .text, about: "The type of workflow.") {
      .text($0.workflowType)
    },
    RowColumn(
      "definition_id", "Definition id", .text,
      about: "The GUID of the definition; empty in the row of the whole type."
    ) { .text($0.definitionId) },
    RowColumn("definition_name", "Definition", .text, about: "The definition's display name.") {
      .text($0.definitionName)
    },
  ]

  private static let counts = [
    RowColumn("terminal", "Ended", .count, about: "Instances that ended.") {
      .count($0.figures.terminal)
    },
    RowColumn("open", "Open", .count, about: "Instances that go on.") { .count($0.figures.open) },
    RowColumn(
      "superseded", "Restarted", .count, about: "Instances that another one took over."
    ) { .count($0.figures.superseded) },
  ]

  private static let completedOnly: [RowColumn] =
    [
      RowColumn("n", "n", .count, about: "Observed durations, completed only.") {
        .count($0.figures.completedOnly.n)
      }
    ]
    + [
      percentile("p50", "Median", \.p50), percentile("p75", "75%", \.p75),
      percentile("p90", "90%", \.p90), percentile("p95", "95%", \.p95),
      percentile("p99", "99%", \.p99), percentile("max", "Longest", \.max),
    ]

  private static let kaplanMeier: [RowColumn] =
    [
      RowColumn("km_events", "Events", .count, about: "Kaplan–Meier: instances that ended.") {
        .count($0.figures.kaplanMeier.events)
      },
      RowColumn(
        "km_censored", "Censored", .count,
        about: "Kaplan–Meier: instances watched until they were last seen."
      ) { .count($0.figures.kaplanMeier.censored) },
    ] + quantile("km_p50", "Kaplan–Meier median", \.p50, \.p50)
    + quantile("km_p75", "Kaplan–Meier 75%", \.p75, \.p75)
    + quantile("km_p90", "Kaplan–Meier 90%", \.p90, \.p90)
    + quantile("km_p95", "Kaplan–Meier 95%", \.p95, \.p95)

  private static func percentile(
    _ name: String, _ title: String,
    _ value: any KeyPath<PercentilesDocument, Double?> & Sendable
  ) -> RowColumn {
    RowColumn(
      name, title, .duration,
      about: "Completed only, Hyndman–Fan type 7, in milliseconds; empty where there are too few."
    ) { .duration($0.figures.completedOnly[keyPath: value], or: .tooFew) }
  }

  private static func quantile(
    _ name: String, _ title: String,
    _ value: any KeyPath<KaplanMeierDocument, Double?> & Sendable,
    _ limits: any KeyPath<KaplanMeierDocument.QuantileLimits, KaplanMeierDocument.Limits> & Sendable
  ) -> [RowColumn] {
    [
      RowColumn(
        name, title, .duration,
        about: "Kaplan–Meier estimate in milliseconds; empty when not reached."
      ) { .duration($0.figures.kaplanMeier[keyPath: value], or: .notReached) },
      RowColumn(
        name + "_low", title + ", lower limit", .duration,
        about: "Its lower log–log 95 % limit; empty when not reached."
      ) { .duration($0.figures.kaplanMeier.limits[keyPath: limits].low, or: .notReached) },
      RowColumn(
        name + "_high", title + ", upper limit", .duration,
        about: "Its upper log–log 95 % limit; empty when not reached."
      ) { .duration($0.figures.kaplanMeier.limits[keyPath: limits].high, or: .notReached) },
    ]
  }
}
