/// The step an instance stands at, or ended at.
public struct Step: Sendable, Hashable {
  /// The display name.
  public var name: Name?
  /// The name that is unique within the definition.
  public var uniqueName: Name?

  /// Makes a step; everything may be missing.
  public init(name: Name?, uniqueName: Name?) {
    self.name = name
    self.uniqueName = uniqueName
  }
}
