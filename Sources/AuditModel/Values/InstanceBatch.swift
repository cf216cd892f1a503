/// The instances of one page, in the page's order, with the text they point into.
public struct InstanceBatch: Sendable {
  /// The page's bytes as received, followed by the texts that JSON wrote with escapes.
  public var text: [UInt8]
  /// The instances.
  public var instances: [Instance]
  /// How many instances carry each field that this version does not know.
  public var unknownFields: [Name: Int]

  /// Makes a batch.
  public init(text: [UInt8], instances: [Instance], unknownFields: [Name: Int] = [:]) {
    self.text = text
    self.instances = instances
    self.unknownFields = unknownFields
  }

  /// A text as a string.
  public func string(_ slice: TextSlice) -> String {
    String(decoding: text[slice.range], as: UTF8.self)
  }
}
