import AuditModel

/// `definitions`: which versions of which definitions were in use, since when, and which are new.
///
/// Definition: every (workflow type, definition, version) of the cohort with its first and last usable start; new = the
/// compared pack has seen no such definition and version. Limits: a version that nobody used is not seen, and new means new
/// to the compared pack only.
struct DefinitionsMetric: Metric {
  static let key = MetricKey("definitions")
  static let about =
    "Which versions of which workflow definitions were in use, since when, and which are new since the earlier pack."
  static let figures = [
    ReportFigure.single("definitions", "new", .count, isComparable: false)
  ]

  init(plan: ReductionPlan) {}

  private struct Row {
    var version: DefinitionVersion
    /// `nil` when there is nothing to compare with.
    var isNew: Bool?
  }

  func finish(_ cohort: Cohort) -> MetricSection {
    let earlier = cohort.plan.earlier
    let rows = cohort.versions.map { version in
      Row(
        version: version,
        isNew: earlier.map { !$0.versions.contains(version.definition) })
    }
    let new = rows.count { $0.isNew == true }
    let used = Counted(rows.count, "version")
    let fresh = Counted(new, "version")
    return MetricSection(
      key: Self.key.rawValue, title: "Workflow definitions in use",
      caption:
        "The versions of workflow definitions that ran in this period, from the first start to the last. New means that the "
        + "compared pack has not seen that version. Source: tables/versions.csv; instances.csv, columns definition_id and "
        + "definition_version.",
      sentences: rows.isEmpty
        ? []
        : [
          """
          \(used.start) of \(Counted(Set(rows.map(\.version.id)).count, "workflow definition").phrase) \
          \(used.pastVerb) in use\
          \(earlier.map { _ in "; \(fresh.phrase) \(fresh.pastVerb) new since the compared pack" } ?? "").
          """
        ],
      figures: [
        Figure(
          "compared_with", "Compared with", .text, about: "The earlier pack; missing without one.",
          .text(earlier?.name)),
        Figure(
          "new", "New", .count, about: "Versions that it has not seen.",
          earlier == nil ? .missing(.none) : .count(new)),
      ].map(\.asDetail),
      charts: .rows(Self.chart(of: rows.filter { $0.version.starts != nil }, over: cohort.window)),
      tables: [
        MetricTable(
          .init(key: "versions", file: "versions", isOnPage: false),
          title: "Versions in use", columns: Self.columns, rows: rows)
      ]
    ).placed(in: "changes", nothingFound: rows.isEmpty ? ["workflow definitions"] : [])
  }

  /// The versions of a definition under each other, the most used definition first.
  private static func inSuccession(_ rows: [Row]) -> [Row] {
    var place: [Name?: Int] = [:]
    for (index, row) in rows.enumerated() where place[row.version.id] == nil {
      place[row.version.id] = index
    }
    func order(_ row: Row) -> (Int, Int64) {
      (place[row.version.id] ?? 0, row.version.version ?? .min)
    }
    return rows.enumerated().sorted {
      let (left, right) = (order($0.element), order($1.element))
      return left == right ? $0.offset < $1.offset : left < right
    }.map(\.element)
  }

  private static func chart(of rows: [Row], over window: Window) -> RowChart {
    RowChart(
      title: "From the first start to the last under each version",
      subject: "Workflow definition · version", measure: "Days of the period", scale: .days(window),
      rows: inSuccession(rows).map { row in
        let starts = row.version.starts.map { [$0.lowerBound, $0.upperBound] } ?? []
        return RowChart.Row(
          """
          \(name: row.version.name?.string) · \(row.version.version.map(String.init) ?? "no version")\
          \(row.isNew == true ? " (new)" : "")
          """, .span(starts.map { Double($0.milliseconds) }),
          figures: DisplayFormat.count(row.version.instances, "instance"))
      })
  }

  private static let columns: [Column<Row>] = [
    .name("workflow_type", "Workflow type", about: "The type of workflow.") {
      $0.version.workflowType
    },
    .name("definition_id", "Definition ID", about: "The definition's GUID.") {
      $0.version.id
    }.asDetail,
    .name("definition_name", "Definition", about: "The definition's name.") { $0.version.name },
    .identifier("definition_version", "Version", about: "The definition's version.") {
      $0.version.version
    },
    .count("instances", "Instances", about: "Instances that ran under it.") {
      $0.version.instances
    },
    .instant("first_start", "First start", about: "The first usable start.") {
      $0.version.starts?.lowerBound
    },
    .instant("last_start", "Last start", about: "The last usable start.") {
      $0.version.starts?.upperBound
    },
    .flag("is_new", "New", about: "Whether the compared pack has not seen it.") { $0.isNew },
  ]
}
