/// `report.json`: every figure of a report, in the shape that others read.
package struct ReportDocument: Encodable, Sendable, Equatable {
  /// The version of this shape.
  package var schemaVersion = 1
  /// What was asked, of whom, when.
  package var cover: CoverDocument
  /// Whether the population is all there is.
  package var completeness: CompletenessDocument
  /// The figures.
  package var metrics: MetricsDocument
  /// The gates of the policy, in its order.
  package var gates: [GateDocument]
  /// What the report cannot say, a sentence each.
  package var limitations: [String]
  /// In a report over several packs, and only there: what each server's packs say.
  package var servers: [ServerReport]?

  /// The first instances by reference id, which only the page shows.
  package var excerpt: [InstanceExcerpt] = []

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
  package init(
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
package struct InstanceExcerpt: Sendable, Equatable {
  /// The integer id.
  package var referenceID: Int64
  /// Its status, in the server's words where nobody knows it.
  package var status: String
  /// The type of workflow.
  package var workflowType: String?
  /// The initiating user.
  package var user: String?
  /// The common name.
  package var commonName: String?
  /// When it started.
  package var start: Instant?
  /// How long it took; of ended and restarted ones.
  package var duration: Int64?

  /// Takes what is shown of an instance.
  package init(_ instance: borrowing Instance, of batch: borrowing InstanceBatch) {
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
