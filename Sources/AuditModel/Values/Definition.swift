/// The workflow definition an instance ran under.
public struct Definition: Sendable, Hashable {
  /// The definition's GUID, lower case.
  public var id: Name?
  /// The display name.
  public var name: Name?
  /// The version of the definition when the instance started.
  public var version: Int64?
  /// `Enrollment`, `Revocation`, or any other type the server knows.
  public var workflowType: Name?

  /// Makes a definition; everything may be missing.
  public init(id: Name?, name: Name?, version: Int64?, workflowType: Name?) {
    self.id = id
    self.name = name
    self.version = version
    self.workflowType = workflowType
  }
}
