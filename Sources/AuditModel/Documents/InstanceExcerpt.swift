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
