import FoundationEssentials

/// How JSON files of a pack are written: indented, keys sorted, a newline at the end.
enum JSONFile {
  static func bytes(_ document: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(document)) + [UInt8(ascii: "\n")]
  }
}
