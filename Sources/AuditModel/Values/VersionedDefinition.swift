/// A version of a workflow definition, as instances name it.
public struct VersionedDefinition: Sendable, Hashable {
  /// The definition's id; `nil` where an instance names none.
  public var id: Name?
  /// The version's number; `nil` where an instance names none.
  public var version: Int64?

  /// Names a version.
  public init(id: Name?, version: Int64?) {
    self.id = id
    self.version = version
  }

  /// Whether it comes before another in documents: by id, then by version, those without one last.
  public func precedes(_ other: VersionedDefinition) -> Bool {
    if id != other.id {
      guard let id, let otherID = other.id else { return id != nil }
      return id < otherID
    }
    guard let version, let otherVersion = other.version else { return version != nil }
    return version < otherVersion
  }
}

extension Name {
  /// Whether it is a GUID, as definitions and instances have.
  public var isGUID: Bool { InstanceID(string) != nil }
}
