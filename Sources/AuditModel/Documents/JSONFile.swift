/// How JSON files of a pack are written: for people to read as well, indented, keys sorted, a newline at the end.
public enum JSONFile {
  /// The bytes of a document.
  ///
  /// - Throws: for numbers that are no numbers.
  public static func bytes(_ document: some Encodable) throws -> [UInt8] {
    var text = try JSONWriting.text(document)
    text.append(UInt8(ascii: "\n"))
    return text
  }
}
