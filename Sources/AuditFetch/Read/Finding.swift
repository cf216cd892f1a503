/// Something that deserves to be known whatever the verdict, with a code for machines.
public struct Finding: Sendable, Equatable {
  /// Upper case with underscores, such as `SCOPE`.
  public var code: String
  /// A sentence.
  public var text: String

  /// Makes a finding.
  public init(_ code: String, _ text: String) {
    self.code = code
    self.text = text
  }
}
