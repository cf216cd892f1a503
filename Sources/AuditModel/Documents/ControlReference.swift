/// A control of a framework, as policies and reports write it: `cabf-br/4.9.1.1`.
public struct ControlReference: Encodable, Hashable, Sendable, CustomStringConvertible {
  /// The framework's id.
  public var framework: String
  /// The control's id within it.
  public var control: String

  /// A control of a framework, whose ids are known to be some.
  public init(framework: String, control: String) {
    self.framework = framework
    self.control = control
  }

  /// Reads `framework/control`, split at the first slash; `nil` where a part is not an id.
  public init?(_ text: String) {
    guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) else { return nil }
    framework = String(text[..<slash])
    control = String(text[text.index(after: slash)...])
    guard Self.isFramework(framework), Self.isControl(control) else { return nil }
  }

  /// Whether a text is the id of a framework: ASCII letters, digits, full stops, hyphens and underscores, as in the name of
  /// a file.
  public static func isFramework(_ text: String) -> Bool {
    func isWord(_ byte: UInt8) -> Bool { byte.isASCIILetter || byte.isASCIIDigit }
    return 1...64 ~= text.utf8.count && text.utf8.first.map(isWord) == true
      && text.utf8.allSatisfy { isWord($0) || ".-_".utf8.contains($0) }
  }

  /// Whether a text is the id of a control: visible ASCII characters.
  public static func isControl(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { 0x21...0x7E ~= $0 }
  }

  /// `framework/control`.
  public var description: String { "\(framework)/\(control)" }

  /// Writes it as its text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
