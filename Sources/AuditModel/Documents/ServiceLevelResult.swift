/// How one service level was kept, read from the metric's table.
public struct ServiceLevelResult: Sendable, Equatable {
  /// The workflow type that it is for.
  public var workflowType: String
  /// The longest time allowed, in milliseconds.
  public var limit: Double
  /// Finished within it.
  public var met: Int
  /// Finished or still open beyond it.
  public var missed: Int
  /// Open, and within it so far.
  public var open: Int

  /// Those of which something is known.
  public var evaluated: Int { met + missed }

  private var limitWords: String { DisplayFormat.duration(milliseconds: limit) }

  /// What is said where it was met: all 45 finished requests of type Revocation took at most 1 d.
  public var kept: Sentence {
    """
    \(Counted(evaluated, "finished request").all) of type \(name: workflowType) took at most \(limitWords).
    """
  }

  /// What is said where it was missed: 2 of 45 requests of type Revocation took longer than 1 d..
  public var broken: Sentence {
    """
    \(DisplayFormat.count(missed)) of \(Counted(evaluated, "request").phrase) of type \(name: workflowType) took longer \
    than \(limitWords)
    """
  }

  /// The results of a report, by workflow type and limit; none where the metric was not asked for.
  public static func all(in metrics: MetricsDocument) -> [ServiceLevelResult] {
    let section = metrics.sections.first { $0.key == "sla" }
    let table = section?.tables.first { $0.place.key == "byWorkflowType" }
    guard let table else { return [] }
    let names = table.fields.map(\.name)
    return table.rows().compactMap { row in
      let cell = { (name: String) in names.firstIndex(of: name).map { row[$0] } }
      guard case .text(let type) = cell("workflow_type"), case .duration(let limit) = cell("limit"),
        case .count(let met) = cell("met"), case .count(let missed) = cell("breached"),
        case .count(let open) = cell("undetermined")
      else { return nil }
      return ServiceLevelResult(
        workflowType: type, limit: limit, met: met, missed: missed, open: open)
    }
  }
}
