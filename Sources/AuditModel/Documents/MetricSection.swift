/// What a metric shows: its section of report.json, its tables, and its words for people.
public struct MetricSection: Sendable, Equatable {
  /// Its key in report.json.
  public var key: String
  /// Its heading.
  public var title: String
  /// What the figures are and what they cannot say, always shown with them.
  public var caption: String
  /// What the values mean, in plain English.
  public var sentences: [Sentence]
  /// The slot of the page that it is a part of; by itself under ``MetricPage/unplaced``.
  public var slot = MetricPage.unplaced
  /// Whether it comes after the others of its slot, whatever the order of metrics.
  public var isLast = false
  /// What was looked for and not found, a few words each; a section without sentences has nothing else to show.
  public var nothingFound: [String] = []
  /// What somebody has to follow up.
  public var followUp: [FollowUp] = []
  /// Its single values.
  public var figures: [Figure]
  /// What it shows as pictures, on the page only.
  public var charts: [Chart]
  /// Its tables.
  public var tables: [MetricTable]
  /// What the report as a whole must say that it cannot show; `nil` when there is nothing of the kind.
  public var limitation: String?

  /// Makes a section.
  public init(
    key: String, title: String, caption: String, sentences: [Sentence], figures: [Figure] = [],
    charts: [Chart] = [], tables: [MetricTable] = [], limitation: String? = nil
  ) {
    self.key = key
    self.title = title
    self.caption = caption
    self.sentences = sentences
    self.figures = figures
    self.charts = charts
    self.tables = tables
    self.limitation = limitation
  }
}

extension MetricSection: Encodable {
  /// Figures and tables side by side under their keys, and the caption; words made of the values are not repeated.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: AnyKey.self)
    try container.encode(caption, forKey: AnyKey("caption"))
    for figure in figures { try container.encode(figure.value, forKey: AnyKey(figure.field.key)) }
    for table in tables {
      guard let key = table.place.key else { continue }
      var rows = container.nestedUnkeyedContainer(forKey: AnyKey(key))
      for row in table.rows(first: table.place.listed) {
        var cells = rows.nestedContainer(keyedBy: AnyKey.self)
        for (field, cell) in zip(table.fields, row) {
          try cells.encode(cell, forKey: AnyKey(field.key))
        }
      }
    }
  }
}

/// How a report differs from the earlier pack, read from the metric's section.
public struct ChangesResult: Sendable, Equatable {
  /// The metric's key.
  public static let key = "changes"

  /// Instances of the earlier pack that are no longer returned.
  public var gone: Int
  /// Instances that had finished, and are different now.
  public var altered: Int
  /// Figures that are compared.
  public var figures: Int

  /// Reads the metric; `nil` where it was not asked for, or nothing came before.
  public init?(in metrics: MetricsDocument) {
    guard let section = metrics.section(Self.key) else { return nil }
    func count(_ name: String) -> Int {
      let figure = section.figures.first { $0.field.name.isSame(as: name) }
      return if case .count(let number)? = figure?.value { number } else { 0 }
    }
    gone = count("gone")
    altered = count("altered")
    figures = section.tables.first { $0.place.key?.isSame(as: "figures") ?? false }?.count ?? 0
  }
}

/// How one service level was kept, read from the metric's table.
public struct ServiceLevelResult: Sendable, Equatable {
  /// The metric's key.
  public static let key = "sla"

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
    let table = metrics.section(key)?.tables.first { $0.place.key == "byWorkflowType" }
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
