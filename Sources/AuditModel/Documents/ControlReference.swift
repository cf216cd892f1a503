/// A control of a framework, as policies and reports write it: `cabf-br/4.9.1.1`.
public struct ControlReference: Encodable, Hashable, Sendable, CustomStringConvertible {
  /// The framework's id.
  public var framework: String
  /// The control's id within it.
  public var control: String

  /// Reads `framework/control`, split at the first slash; `nil` where either part is missing.
  public init?(_ text: String) {
    guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) else { return nil }
    framework = String(text[..<slash])
    control = String(text[text.index(after: slash)...])
    if framework.isEmpty || control.isEmpty { return nil }
  }

  /// `framework/control`.
  public var description: String { "\(framework)/\(control)" }

  /// Writes it as its text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
