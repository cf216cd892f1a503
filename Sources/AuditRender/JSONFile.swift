import FoundationEssentials

/// How JSON files of a pack are written: sorted keys, indented, one line feed at the end.
enum JSONFile {
  static func bytes(of value: some Encodable, named file: String) throws(RenderError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    do {
      return [UInt8](try encoder.encode(value)) + [UInt8(ascii: "\n")]
    } catch {
      throw .notEncodable(file: file, reason: String(describing: error))
    }
  }
}
