package import AuditModel

/// `normalisation`: titles per rule, the first unrecognised ones, data-quality flags and unknown fields.
///
/// Definition: every instance of the cohort has one title rule and any number of flags; one outside the window counts
/// under `outOfWindow` and nowhere else. Limits: a rule that reads a title wrongly is not seen here.
struct NormalisationMetric: Metric {
  static let key = MetricKey("normalisation")
  static let about =
    "How titles were read, which were not recognised, and instances with odd dates, unknown statuses or unknown fields."
  static let isAlwaysThere = true
  static let figures = [
    ReportFigure.single("normalisation", "unrecognisedRate", .ratio),
    ReportFigure.single("normalisation", "unrecognised", .count),
  ]

  private struct Unrecognised {
    var referenceID: Int64
    var title: String?

    /// By reference id; titles only keep the law of order where ids are not unique.
    func precedes(_ other: Unrecognised) -> Bool {
      if referenceID != other.referenceID { return referenceID < other.referenceID }
      return (title ?? "").utf8.lexicographicallyPrecedes((other.title ?? "").utf8)
    }
  }

  /// Titles by the number of the rule that read them.
  private var rules = [Int](repeating: 0, count: TitleRule.allCases.count)
  private var flags = [Int](repeating: 0, count: DataQuality.named.count)
  private var unknownFields: [Name: Int] = [:]
  private var firstUnrecognised: [Unrecognised] = []
  private var withoutUser = 0
  private var withoutTimes = 0

  /// How many unrecognised titles are listed.
  private static let listed = 20
  /// How much of one is shown, in code points.
  private static let shownLength = 200

  init(plan: ReductionPlan) {}

  mutating func add(_ instance: borrowing BatchedInstance) {
    if !instance.quality.isEmpty { count(instance.quality) }
    if instance.user == nil { withoutUser += 1 }
    if !instance.hasUsableTimes { withoutTimes += 1 }
    rules[Int(instance.titleRule.number)] += 1
    guard instance.titleRule == .unrecognised, mayList(instance.referenceID) else { return }
    let title = instance.title.map {
      TerminalText.sanitized(instance.batch.string($0), limit: Self.shownLength)
    }
    list(Unrecognised(referenceID: instance.referenceID, title: title))
  }

  mutating func add(_ batch: borrowing InstanceBatch) {
    add(unknownFields: batch.unknownFields)
    batch.forEachInstance { instance in
      if instance.quality.contains(.outOfWindow) { count(.outOfWindow) } else { add(instance) }
    }
  }

  private mutating func add(unknownFields added: [Name: Int]) {
    if !added.isEmpty { unknownFields.merge(added, uniquingKeysWith: +) }
  }

  mutating func merge(_ other: NormalisationMetric) {
    for rule in rules.indices { rules[rule] += other.rules[rule] }
    for index in flags.indices { flags[index] += other.flags[index] }
    add(unknownFields: other.unknownFields)
    withoutUser += other.withoutUser
    withoutTimes += other.withoutTimes
    for row in other.firstUnrecognised where mayList(row.referenceID) { list(row) }
  }

  private mutating func count(_ quality: DataQuality) {
    for index in flags.indices where quality.contains(DataQuality.named[index].flag) {
      flags[index] += 1
    }
  }

  /// Whether an instance may be among the smallest reference ids, asked before its title is read.
  private func mayList(_ referenceID: Int64) -> Bool {
    guard firstUnrecognised.count == Self.listed, let last = firstUnrecognised.last else {
      return true
    }
    return referenceID <= last.referenceID
  }

  private mutating func list(_ row: Unrecognised) {
    let position = firstUnrecognised.firstIndex { row.precedes($0) } ?? firstUnrecognised.count
    firstUnrecognised.insert(row, at: position)
    if firstUnrecognised.count > Self.listed { firstUnrecognised.removeLast() }
  }

  func finish(_ cohort: Cohort) -> NormalisationDocument {
    let instances = cohort.totals.all.total
    let unrecognised = rules[Int(TitleRule.unrecognised.number)]
    let known = TitleRule.cases(configured: cohort.plan.settings.wordings.titles.count)
    var document = NormalisationDocument(
      rulesVersion: NormalisationRules.version,
      rules: Dictionary(
        uniqueKeysWithValues: known.map { ($0.name, rules[Int($0.number)]) }),
      unrecognised: unrecognised,
      unrecognisedRate: instances > 0 ? Double(unrecognised) / Double(instances) : nil,
      firstUnrecognised: firstUnrecognised.map {
        .init(referenceId: $0.referenceID, title: $0.title)
      },
      dataQuality: Dictionary(uniqueKeysWithValues: zip(DataQuality.named.map(\.name), flags)),
      unknownFields: unknownFields.sorted { $0.key < $1.key }
        .map { .init(name: $0.key.string, instances: $0.value) })
    (document.withoutUser, document.withoutTimes) = (withoutUser, withoutTimes)
    return document
  }
}

extension NormalisationDocument: MetricResult {
  /// Its key in report.json.
  package var key: String { NormalisationMetric.key.rawValue }

  /// The values of a figure of this metric.
  package func values(of figure: ReportFigure) -> [ReportedFigure] {
    switch figure.name {
    case "normalisation.unrecognised": [ReportedFigure(figure, value: Double(unrecognised))]
    case "normalisation.unrecognisedRate": [ReportedFigure(figure, value: unrecognisedRate)]
    default: []
    }
  }

  /// It has no tables but those of the page.
  package var tables: [MetricTable] { [] }

  private static let shownFields = 10
  private static let shownTitles = 5

  /// How titles were read, and what is odd about the data.
  package func pages(in report: ReportDocument) -> [MetricPage] {
    let instances = report.metrics.population.instances
    let share = unrecognisedRate.map { " (\(DisplayFormat.percent($0)))" } ?? ""
    let found = Counted(unrecognised, "title")
    var pair = [
      PageBlock.table(Self.counted("titles-rules", "Titles by rule", "Rule", rules) { $0 })
    ]
    let flags = dataQuality.filter { $0.value > 0 }
    if !flags.isEmpty {
      pair.append(
        .table(
          Self.counted("flags", "Instances by mark", "Mark", flags, DataQuality.label)))
    }
    var blocks: [PageBlock] = []
    if instances > 0 {
      blocks.append(
        .sentence(
          unrecognised == 0
            ? "\(Counted(instances, "title").all) \(Counted(instances, "").pastVerb) recognised."
            : """
            \(DisplayFormat.count(unrecognised)) of \(Counted(instances, "title").phrase)\(share) \(found.pastVerb) not \
            recognised. Those instances have no user or subject, but count in all totals.
            """))
    }
    if let gaps = report.completeness.gapWords { blocks.append(.sentence("\(gaps)")) }
    blocks.append(.group(.pair, pair))
    if !firstUnrecognised.isEmpty { blocks.append(.table(listedTitles)) }
    if !unknownFields.isEmpty { blocks.append(.table(listedFields)) }
    blocks.append(
      .note(
        "Users, actions and subjects are read from titles by version \(rulesVersion) of the rules. Source: instances.csv, "
          + "columns title_rule and data_quality."))
    return [
      MetricPage(slot: "data-quality", id: "data-quality", title: "Data quality", blocks: blocks)
    ]
  }

  private var listedTitles: PageTable {
    PageTable(
      "unrecognised", "Titles that were not recognised, the first by reference ID",
      columns: [
        .word("reference_id", "Reference ID", about: "The instance.") { String($0.referenceId) },
        .text("title", "Title", about: "As received, cut to 200 characters.") { $0.title },
      ], rows: firstUnrecognised
    ).limited(to: Self.shownTitles)
  }

  private var listedFields: PageTable {
    PageTable(
      "unknown-fields", "Fields that this version does not know",
      columns: [
        .text("name", "Field", about: "Its name as received.") { $0.name },
        .count("instances", "Instances", about: "How many carry it.") { $0.instances },
      ], rows: unknownFields
    ).limited(to: Self.shownFields)
  }

  private static func counted(
    // text: names of rules and flags
    _ id: StaticString, _ caption: String, _ title: String, _ counts: [String: Int],
    _ label: @escaping @Sendable (String) -> String
  ) -> PageTable {
    PageTable(
      id, caption,
      columns: [
        Column("name", title, .text, about: "") { .term($0.name, label: label($0.name)) },
        .count("instances", "Instances", about: "") { $0.count },
      ],
      rows: counts.map { (name: $0, count: $1) }
        .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) })
  }
}
