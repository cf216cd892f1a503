import AuditModel
import Glibc

/// `outcomes`: the share of requests that are Complete, Rejected or Failed within some time of their start.
///
/// Definition: Aalen–Johansen cumulative incidence of the three causes per workflow type; superseded instances are
/// censored at `m − s`, open ones at `T − s`. Source: ``CumulativeIncidence``. Missing beyond the largest observed time.
/// Limits: instances with unusable times are left out; Complete does not mean issued.
struct OutcomesMetric: Metric {
  static let key = MetricKey("outcomes")
  static let needs: Set<MetricNeed> = [.durations]

  init(plan: ReductionPlan) {}

  /// 1 h, 4 h, 24 h, 72 h and 7 d, in milliseconds.
  private static let horizons: [Int64] = [1, 4, 24, 72, 168].map { $0 * 3_600_000 }

  /// Into how many steps the axis of a curve is divided.
  private static let drawnTimes = 300

  /// How many workflow types are put in words and drawn: a curve takes more memory than all else that is kept of a type.
  private static let describedTypes = 12

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
    let curves = described.compactMap(Self.curves)
    let others = cohort.types.count - described.count
    return MetricSection(
      key: Self.key.rawValue, title: "Outcomes over time",
      caption:
        "Aalen–Johansen cumulative incidence: of all requests that start, the share that has ended in "
        + "each way by a given time. Open and restarted instances count for as long as they were seen. Missing "
        + "beyond the longest time that was observed. The rows: workflow_type, status and duration_ms in instances.csv.",
      sentences: curves.compactMap(Self.sentence) + (others > 0 ? [Self.sentence(others)] : []),
      charts: curves.map { .curves($0) },
      tables: [
        MetricTable(
          .init(key: "byWorkflowType", file: "outcomes"), title: "Share that has ended, by time",
          columns: Self.columns, rows: Array(types.joined()))
      ])
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
      Of type \(name: curve.subject, or: "none"), \(DisplayFormat.percent(shares[0])) of all requests are Complete \
      within \(time) of their start, \(DisplayFormat.percent(shares[1])) Rejected and \
      \(DisplayFormat.percent(shares[2])) Failed.
      """
  }

  private static func sentence(_ others: Int) -> Sentence {
    "\(DisplayFormat.count(others, "more workflow type")) \(others == 1 ? "is" : "are") in tables/outcomes.csv."
  }

  private static let columns: [Column<Row>] = [
    Column("workflow_type", "Workflow type", .text, about: "The type of workflow.") {
      .text($0.workflowType?.string)
    },
    Column("instances", "n", .count, about: "Instances with usable times.") {
      .count($0.instances)
    },
    Column("within", "Within", .duration, about: "Time since the start.") { .duration($0.within) },
    Column("complete", "Complete", .ratio, about: "The share that is Complete by then.") {
      .ratio($0.shares?[0])
    },
    Column("rejected", "Rejected", .ratio, about: "The share that is Rejected by then.") {
      .ratio($0.shares?[1])
    },
    Column("failed", "Failed", .ratio, about: "The share that is Failed by then.") {
      .ratio($0.shares?[2])
    },
  ]
}
