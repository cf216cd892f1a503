/// The instances of one page, in the page's order, with the text they point into.
public struct InstanceBatch: Sendable {
  /// The page's bytes as received, followed by the texts that JSON wrote with escapes.
  public var text: [UInt8]
  /// The instances.
  public var instances: [Instance]

  /// Makes a batch.
  public init(text: [UInt8], instances: [Instance]) {
    self.text = text
    self.instances = instances
  }

  /// A text as a string.
  public func string(_ slice: TextSlice) -> String {
    String(decoding: text[slice.range], as: UTF8.self)
  }
}
