/// HTML that stands in a template; only a template can make one, so that data is never taken for markup.
public struct TemplateLiteral: Sendable, Equatable {
  /// The markup in UTF-8.
  public let bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }
}
