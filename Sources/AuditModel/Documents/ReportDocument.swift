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
  /// What the report cannot say, a sentence each.
  public var limitations: [String]
  /// In a report over several packs, and only there: what each server's packs say.
  public var servers: [ServerReport]?

  /// The first instances by reference id, which only the page shows.
  public var excerpt: [InstanceExcerpt] = []

  private enum CodingKeys: String, CodingKey {
    case schemaVersion
    case cover
    case completeness
    case metrics
    case gates
    case limitations
    case servers
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

/// What the page shows of one instance; instances.csv has all of it.
public struct InstanceExcerpt: Sendable, Equatable {
  /// The integer id.
  public var referenceID: Int64
  /// Its status, in the server's words where nobody knows it.
  public var status: String
  /// The type of workflow.
  public var workflowType: String?
  /// The initiating user.
  public var user: String?
  /// The common name.
  public var commonName: String?
  /// When it started.
  public var start: Instant?
  /// How long it took; of ended and restarted ones.
  public var duration: Int64?

  /// Takes what is shown of an instance.
  public init(_ instance: borrowing Instance, of batch: borrowing InstanceBatch) {
    referenceID = instance.referenceID
    status =
      instance.status == .unknown
      ? instance.statusText?.string ?? Status.unknown.name : instance.status.name
    workflowType = instance.definition.workflowType?.string
    user = instance.user?.spelling.string
    commonName = instance.commonName.map { batch.string($0) }
    start = instance.start
    duration = instance.durationMilliseconds
  }
}
