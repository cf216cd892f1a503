/// `report.json`: every figure of a report, in the shape that others read.
public struct ReportDocument: Encodable, Sendable, Equatable {
  /// The version of this shape.
  public var schemaVersion = 1
  /// What was asked, of whom, when.
  public var cover: CoverDocument
  /// Whether the population is all there is.
  public var completeness: CompletenessDocument
  /// The figures.
  public var metrics: MetricsDocument
  /// The gates of the policy, in its order.
  public var gates: [GateDocument]
  /// The frameworks that the policy declares.
  public var frameworks: [ControlFramework] = []
  /// What the report cannot say, a sentence each.
  public var limitations: [String]
  /// In a report over several packs, and only there: what each server's packs say.
  public var servers: [ServerReport]?

  private enum CodingKeys: String, CodingKey {
    case schemaVersion
    case cover
    case completeness
    case metrics
    case followUp
    case gates
    case controls
    case limitations
    case requirements
    case servers
  }

  /// Writes its parts, and what follows from them.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(schemaVersion, forKey: .schemaVersion)
    try container.encode(cover, forKey: .cover)
    try container.encode(completeness, forKey: .completeness)
    try container.encode(metrics, forKey: .metrics)
    try container.encode(followUp, forKey: .followUp)
    try container.encode(gates, forKey: .gates)
    try container.encode(controls, forKey: .controls)
    try container.encode(limitations, forKey: .limitations)
    try container.encode(requirements, forKey: .requirements)
    try container.encodeIfPresent(servers, forKey: .servers)
  }

  /// Makes a report.
  public init(
    cover: CoverDocument, completeness: CompletenessDocument, metrics: MetricsDocument,
    gates: [GateDocument], limitations: [String]
  ) {
    self.cover = cover
    self.completeness = completeness
    self.metrics = metrics
    self.gates = gates
    self.limitations = limitations
  }
}
