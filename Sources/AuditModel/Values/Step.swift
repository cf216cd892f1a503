/// The step an instance stands at, or ended at; the instances of a shard share it, since there are few.
public final class Step: Sendable {
  /// The display name.
  public let name: Name?
  /// The name that is unique within the definition.
  public let uniqueName: Name?
  /// Whether it is a built-in approval step.
  let asksForApproval: Bool

  /// Makes a step; everything may be missing.
  public init(name: Name?, uniqueName: Name?) {
    self.name = name
    self.uniqueName = uniqueName
    asksForApproval = uniqueName?.bytes.starts(with: "RequireApproval".utf8) ?? false
  }

  /// Where an instance stands that names no step.
  static let missing = Step(name: nil, uniqueName: nil)
}
