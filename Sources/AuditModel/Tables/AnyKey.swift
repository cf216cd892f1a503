/// A key of JSON that is known only when it is written.
public struct AnyKey: CodingKey {
  public let stringValue: String
  public var intValue: Int? { nil }

  /// Makes a key.
  public init(_ name: String) {
    stringValue = name
  }

  public init?(stringValue: String) {
    self.stringValue = stringValue
  }

  public init?(intValue: Int) {
    return nil
  }
}
