/// The workflow definition an instance ran under; the instances of a shard share it, since there are few.
public final class Definition: Sendable {
  /// The definition's GUID, lower case.
  public let id: Name?
  /// The display name.
  public let name: Name?
  /// The version of the definition when the instance started.
  public let version: Int64?
  /// `Enrollment`, `Revocation`, or any other type the server knows.
  public let workflowType: Name?
  /// The action that the workflow type means.
  let action: Action?

  /// Makes a definition; everything may be missing.
  public init(id: Name?, name: Name?, version: Int64?, workflowType: Name?) {
    self.id = id
    self.name = name
    self.version = version
    self.workflowType = workflowType
    action =
      switch workflowType?.string {
      case "Enrollment": .enroll
      case "Revocation": .revoke
      default: nil
      }
  }

  /// What an instance runs under that names nothing.
  static let missing = Definition(id: nil, name: nil, version: nil, workflowType: nil)
}
