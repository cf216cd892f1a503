/// What a report begins with: what happened in a few sentences, and figures that add up to the population.
public struct ReportSummary: Sendable, Equatable {
  /// A figure of the population with its parts.
  public struct Tile: Sendable, Equatable {
    /// What is counted.
    public var label: String
    /// How many.
    public var count: Int
    /// Their share of the finished ones; `nil` for what is not a part of them.
    public var share: Double?
    /// What they consist of, largest first; empty where they are not divided.
    public var parts: [(label: String, count: Int)]

    /// Compares all parts; tuples have no equality of their own.
    public static func == (left: Tile, right: Tile) -> Bool {
      left.label == right.label && left.count == right.count && left.share == right.share
        && left.parts.elementsEqual(right.parts, by: ==)
    }
  }

  /// How long the instances of a workflow type took.
  public struct Time: Sendable, Equatable {
    /// The type.
    public var workflowType: String?
    /// Within which time half of them finished, open ones counted; `nil` where fewer than half have.
    public var median: Double?
    /// Within which time 90% of them finished.
    public var ninety: Double?
    /// Whether some are open or restarted, so that the times are estimates.
    public var isEstimate: Bool
  }

  /// What happened, at most three sentences.
  public let sentences: [Sentence]
  /// The instances that started; all others add up to it.
  public let started: Tile
  /// Completed, failed, rejected, restarted, open, and unknown where there are some.
  public let tiles: [Tile]
  /// The times of the workflow types with most instances.
  public let times: [Time]

  private static let shownTypes = 4

  /// Sums a report up.
  public init(_ report: ReportDocument) {
    let population = report.metrics.population
    let tiles = Self.tiles(of: population)
    self.tiles = tiles
    started = Tile(label: "Started", count: population.instances, share: nil, parts: [])
    times = (report.metrics.turnaround ?? []).prefix(Self.shownTypes).map { type in
      Time(
        workflowType: type.workflowType, median: type.figures.median, ninety: type.figures.ninety,
        isEstimate: type.figures.kaplanMeier.censored > 0)
    }
    sentences =
      [Self.first(population)]
      + [Self.second(tiles), Self.third(report, times)].compactMap(\.self)
  }

  private static func tiles(of population: PopulationDocument) -> [Tile] {
    let (status, outcome) = (population.byStatus, population.byOutcome)
    let finished = Status.allCases.filter(\.isTerminal).map { status[$0] }.reduce(0, +)
    func tile(_ label: String, _ count: Int, of total: Int? = nil) -> Tile {
      let share = total.flatMap { $0 == 0 ? nil : Double(count) / Double($0) }
      return Tile(label: label, count: count, share: share, parts: [])
    }
    var completed = tile("Completed", status[.complete], of: finished)
    let named = [
      ("issued", outcome[.issued]), ("revoked", outcome[.revoked]),
      ("pending at the CA", outcome[.pendingAtCA]),
    ]
    let others = completed.count - named.map(\.1).reduce(0, +)
    completed.parts = (named + [("other", others)]).filter { $0.1 > 0 }
      .map { (label: $0.0, count: $0.1) }
    let tiles = [
      completed, tile("Failed", status[.failed], of: finished),
      tile("Rejected", status[.rejected], of: finished),
      tile("Restarted", status[.canceledForRestart]),
      tile("Open", status[.running] + status[.suspended]),
    ]
    return tiles + (status[.unknown] > 0 ? [tile("Unknown", status[.unknown])] : [])
  }

  private static func first(_ population: PopulationDocument) -> Sentence {
    let workflows = Counted(population.instances, "certificate workflow")
    let types = population.byWorkflowType.count
    return """
      \(workflows.start)\(types > 1 ? " of \(types) types" : "") started in this period.
      """
  }

  /// What became of them; `nil` where there are none.
  private static func second(_ tiles: [Tile]) -> Sentence? {
    let words = tiles.filter { $0.count > 0 }.map { tile -> String in
      let count = DisplayFormat.count(tile.count)
      let was = Counted(tile.count, "").pastVerb
      switch tile.label {
      case "Completed": return "\(count) completed\(parts(of: tile))"
      case "Failed": return "\(count) failed"
      case "Open": return "\(count) \(Counted(tile.count, "").verb) open"
      case "Unknown":
        return "\(count) \(Counted(tile.count, "").choose("has", "have")) an unknown status"
      default: return "\(count) \(was) \(tile.label.lowercased())"
      }
    }
    return words.isEmpty ? nil : "\(words.enumeration)."
  }

  private static func parts(of completed: Tile) -> String {
    if completed.parts.isEmpty { return "" }
    let words = completed.parts.map { part in
      switch part.label {
      case "issued": Counted(part.count, "certificate").phrase + " issued"
      case "other": "\(DisplayFormat.count(part.count)) with another result"
      default: "\(DisplayFormat.count(part.count)) \(part.label)"
      }
    }
    return " (\(words.joined(separator: ", ")))"
  }

  /// Whether it was in time, or how long it took; `nil` where there is nothing to tell.
  private static func third(_ report: ReportDocument, _ times: [Time]) -> Sentence? {
    if report.metrics.population.instances == 0 { return nil }
    let levels = ServiceLevelResult.all(in: report.metrics).filter { $0.evaluated > 0 }
    let missed = levels.filter { $0.missed > 0 }
    if let worst = missed.first { return "\(sentence: worst.broken)." }
    if let level = levels.first { return level.kept }
    guard let time = times.first(where: { $0.median != nil }), let median = time.median else {
      return "Fewer than half of them have finished."
    }
    return """
      Half of those of type \(name: time.workflowType, or: "none") finished within \
      \(DisplayFormat.duration(milliseconds: median)).
      """
  }
}

extension TurnaroundDocument.Figures {
  /// The one median that is shown: where nothing is open the observed one, else the estimate that counts open ones.
  public var median: Double? { kaplanMeier.censored == 0 ? completedOnly.p50 : kaplanMeier.p50 }

  /// The same for 90%.
  public var ninety: Double? { kaplanMeier.censored == 0 ? completedOnly.p90 : kaplanMeier.p90 }
}
