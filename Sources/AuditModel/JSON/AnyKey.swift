/// A key of JSON that is known only when it is written.
public struct AnyKey: CodingKey {
  /// The key.
  public let stringValue: String
  /// Always `nil`: objects have no numbered members.
  public var intValue: Int? { nil }

  /// Makes a key.
  public init(_ name: String) {
    stringValue = name
  }

  /// Makes a key.
  public init?(stringValue: String) {
    self.stringValue = stringValue
  }

  /// Makes none.
  public init?(intValue: Int) {
    return nil
  }
}
