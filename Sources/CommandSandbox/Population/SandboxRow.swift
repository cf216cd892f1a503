/// One workflow instance of the sandbox, as the vendor's page describes it.
public struct SandboxRow: Sendable, Equatable {
  /// The six documented statuses.
  public enum Status: String, CaseIterable, Sendable {
    case canceledForRestart = "CanceledForRestart"
    case complete = "Complete"
    case failed = "Failed"
    case rejected = "Rejected"
    case running = "Running"
    case suspended = "Suspended"
  }

  public var referenceID: Int64
  public var id: String
  public var status: Status
  public var statusMessage: String?
  public var definition: SandboxDefinition
  public var version: Int
  public var stepID: String
  public var stepName: String
  public var stepUniqueName: String
  /// Not in answers, but queries may name it.
  public var userName: String
  public var title: String?
  /// Milliseconds since 1970.
  public var start: Int64
  public var lastModified: Int64
  /// Whether the title ends in half a surrogate pair, which only JSON can write.
  public var hasLoneSurrogate = false
}

/// A workflow definition of the sandbox.
public struct SandboxDefinition: Sendable, Equatable {
  public var id: String
  public var name: String
  public var workflowType: String
  /// Versions in use, 1 to this.
  public var versions: Int
  public var asksForApproval: Bool
  /// The logarithm of the median duration in seconds.
  public var logMedianSeconds: Double
}
