import AuditModel
import Glibc

/// `outcomes`: the share of requests that are Complete, Rejected or Failed within some time of their start.
///
/// Definition: Aalen–Johansen cumulative incidence of the three causes per workflow type; superseded instances are
/// censored at `m − s`, open ones at `T − s`. Source: ``CumulativeIncidence``. Missing beyond the largest observed time.
/// Limits: instances with unusable times are left out; Complete does not mean issued.
struct OutcomesMetric: Metric {
  static let key = MetricKey("outcomes")
  static let about =
    "The share of requests that are completed, rejected or failed within a time of their start, where open requests count as long as they were seen."
  static let needs: Set<MetricNeed> = [.durations]

  init(plan: ReductionPlan) {}

  /// 1 h, 4 h, 24 h, 72 h and 7 d, in milliseconds.
  private static let horizons: [Int64] = [1, 4, 24, 72, 168].map { $0 * 3_600_000 }

  /// Into how many steps the axis of a curve is divided.
  private static let drawnTimes = 300

  /// How many workflow types are put in words and drawn: a curve takes more memory than all else that is kept of a type.
  private static let describedTypes = 12

  /// With how many finished instances a curve says more than a row.
  private static let fewestDrawn = 10

  private struct Row {
    var workflowType: Name?
    var instances: Int
    var within: Int64
    /// Complete, Rejected and Failed; `nil` beyond the largest observed time.
    var shares: [Double]?
  }

  func finish(_ cohort: Cohort) -> MetricSection {
    let types = cohort.types.map { type in
      let incidence = CumulativeIncidence(
        causes: type.times.byCause, censorings: type.times.censorings)
      return zip(Self.horizons, incidence.at(Self.horizons)).map { horizon, shares in
        Row(
          workflowType: type.workflowType,
          instances: type.times.eventCount + type.times.censorings.count, within: horizon,
          shares: shares)
      }
    }
    let described = cohort.types.prefix(Self.describedTypes)
    let curves = described.compactMap { type in
      Self.curves(of: type).map { (finished: type.times.eventCount, chart: $0) }
    }
    let others = cohort.types.count - described.count
    let section = MetricSection(
      key: Self.key.rawValue, title: "Outcomes over time",
      caption:
        "Of all requests that start, the share that has completed, was rejected or has failed by a given time; open and "
        + "restarted ones count for as long as they were seen. Source: tables/outcomes.csv; instances.csv, columns "
        + "workflow_type, status and duration_ms.",
      sentences: curves.filter { $0.finished < Self.fewestDrawn }.compactMap {
        Self.sentence($0.chart)
      } + (others > 0 ? [Self.sentence(others)] : []),
      charts: curves.filter { $0.finished >= Self.fewestDrawn }.map { .curves($0.chart) },
      tables: [
        MetricTable(
          .init(key: "byWorkflowType", file: "outcomes", isOnPage: false),
          title: "Share that has finished, by time", columns: Self.columns,
          rows: Array(types.joined()))
      ])
    let isEmpty = section.sentences.isEmpty && section.charts.isEmpty
    return section.placed(
      in: "time-to-finish", nothingFound: isEmpty ? ["outcomes over time"] : [])
  }

  /// The estimate at the times of the table and at evenly spaced times of a logarithmic axis, closer than can be seen.
  private static func curves(of type: TypeTimes) -> CurveChart? {
    guard
      let longest = type.times.longest,
      let end = horizons.last.map({ min($0, longest) }), end > 0, type.times.eventCount > 0
    else { return nil }
    let drawn = (0...drawnTimes).map { index in
      Int64(exp(log(Double(end)) * Double(index) / Double(drawnTimes)))
    }
    let times = Set(drawn + horizons + [end]).filter { $0 <= end }.sorted()
    let incidence = CumulativeIncidence(
      causes: type.times.byCause, censorings: type.times.censorings)
    return CurveChart(
      title: "Share that has ended, by time since the start", subject: type.workflowType?.string,
      points: zip(times, incidence.at(times)).compactMap { time, shares in
        shares.map { .init(time: time, shares: $0, isInTable: horizons.contains(time)) }
      })
  }

  /// What is known at the end of a curve: of quick types that is long before the first time of the table.
  private static func sentence(_ curve: CurveChart) -> Sentence? {
    guard let last = curve.points.last else { return nil }
    let shares = last.shares
    let time = DisplayFormat.duration(milliseconds: Double(last.time))
    return """
      \(name: curve.subject, or: "No workflow type"): \(DisplayFormat.percent(shares[0])) completed, \
      \(DisplayFormat.percent(shares[1])) rejected and \(DisplayFormat.percent(shares[2])) failed within \(time).
      """
  }

  private static func sentence(_ others: Int) -> Sentence {
    "\(Counted(others, "more workflow type").start) \(Counted(others, "").verb) in tables/outcomes.csv."
  }

  private static let columns: [Column<Row>] = [
    .name("workflow_type", "Workflow type", about: "The type of workflow.") { $0.workflowType },
    .count("instances", "n", about: "Instances with usable times.") { $0.instances },
    .duration("within", "Within", about: "Time since the start.") { $0.within },
    .ratio("complete", "Complete", about: "The share that is Complete by then.") { $0.shares?[0] },
    .ratio("rejected", "Rejected", about: "The share that is Rejected by then.") { $0.shares?[1] },
    .ratio("failed", "Failed", about: "The share that is Failed by then.") { $0.shares?[2] },
  ]
}
