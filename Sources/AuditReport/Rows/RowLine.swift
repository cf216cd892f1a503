import AuditModel
package import AuditReduce

/// A line of instances.ndjson, which this program has written: its keys come in a known order and none is nested.
package struct RowLine {
  private let line: ArraySlice<UInt8>
  private var position: Int

  private static let lastKey = Array(",\"dataQuality\":".utf8)

  /// Reads a line, without its newline.
  package init(_ line: ArraySlice<UInt8>) {
    self.line = line
    position = line.startIndex + 1
  }

  /// Whether bytes have the form of a line: the columns in their order, in braces.
  package static func isLine(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}") else { return false }
    var fields = RowLine(bytes)
    return InstanceColumn.allCases.allSatisfy { column in
      fields.next()?.key.elementsEqual(column.camelCaseName.utf8) ?? false
    }
  }

  /// Stands for everything that a line says, but for what depends on the as-of instant.
  package static func fingerprint(of line: ArraySlice<UInt8>) -> Fingerprint {
    Fingerprint(of: Array(content(of: line)))
  }

  /// The part of a line that does not depend on the as-of instant: all before the data-quality flags, which come last.
  private static func content(of line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var start = line.endIndex - lastKey.count
    while start > line.startIndex {
      if line[start..<start + lastKey.count].elementsEqual(lastKey) { return line[..<start] }
      start -= 1
    }
    return line
  }

  /// The next key and its value as written; `nil` at the end and where the line is no such line.
  package mutating func next() -> (key: ArraySlice<UInt8>, value: ArraySlice<UInt8>)? {
    guard let key = string(), position < line.endIndex, line[position] == UInt8(ascii: ":") else {
      return nil
    }
    position += 1
    guard position < line.endIndex else { return nil }
    let start = position
    if line[position] == UInt8(ascii: "\"") {
      guard string() != nil else { return nil }
    } else {
      while position < line.endIndex, line[position] != UInt8(ascii: ","),
        line[position] != UInt8(ascii: "}")
      { position += 1 }
    }
    let value = line[start..<position]
    position += 1
    return (key, value)
  }

  /// What stands between two quotes here, as written.
  private mutating func string() -> ArraySlice<UInt8>? {
    guard position < line.endIndex, line[position] == UInt8(ascii: "\"") else { return nil }
    let start = position + 1
    position = start
    while position < line.endIndex, line[position] != UInt8(ascii: "\"") {
      position += line[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard position < line.endIndex else { return nil }
    position += 1
    return line[start..<position - 1]
  }
}
