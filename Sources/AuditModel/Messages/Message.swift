/// A message of the catalogue with the facts of the moment: what people read, and the code by which it is known.
public struct Message: Sendable, Equatable, CustomStringConvertible {
  /// Which message it is.
  public let code: MessageCode
  /// The sentence with its facts, without the code, which the log adds.
  public let text: String

  /// Makes a message.
  ///
  /// - Parameters:
  ///   - code: Which message.
  ///   - facts: What stands in the places of the sentence's placeholders, in the order in which they first occur; text
  ///     from elsewhere is fit to be shown already.
  public init(_ code: MessageCode, _ facts: String...) {
    self.code = code
    text = code.entry.filled(with: facts)
  }

  /// The sentence.
  public var description: String { text }
}
