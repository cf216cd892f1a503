private import FoundationEssentials

/// How JSON files of a pack are written: for people to read as well, indented, keys sorted, a newline at the end.
public enum JSONFile {
  /// The bytes of a document.
  ///
  /// - Throws: what `JSONEncoder` throws, which it does for numbers that are no numbers.
  public static func bytes(_ document: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(document)) + [UInt8(ascii: "\n")]
  }
}
