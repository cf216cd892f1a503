/// What a metric says: its section of report.json, its tables, and its words for people.
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
