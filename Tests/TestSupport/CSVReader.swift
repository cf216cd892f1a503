/// RFC 4180 read back, so that the tests share no code with what writes it.
package enum CSVReader {
  /// The cells of each row.
  package static func rows(of bytes: [UInt8]) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell: [UInt8] = []
    var quoted = false
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if quoted, byte == UInt8(ascii: "\""), index + 1 < bytes.count, bytes[index + 1] == byte {
        cell.append(byte)
        index += 1
      } else if byte == UInt8(ascii: "\"") {
        quoted.toggle()
      } else if !quoted, byte == UInt8(ascii: ",") || byte == 0x0A {
        // A carriage return within quotation marks is the cell's own.
        if byte == 0x0A, index > 0, bytes[index - 1] == 0x0D { cell.removeLast() }
        row.append(String(decoding: cell, as: UTF8.self))
        cell = []
        if byte == 0x0A {
          rows.append(row)
          row = []
        }
      } else {
        cell.append(byte)
      }
      index += 1
    }
    return rows
  }

  /// The text that a cell stands for: without the one apostrophe, and with the escapes undone.
  package static func text(of cell: String) -> String {
    var scalars = Array(cell.unicodeScalars)
    if scalars.first == "'" { scalars.removeFirst() }
    let escape: [Unicode.Scalar] = ["\\", "u", "{"]
    guard scalars.firstRange(of: escape) != nil else {
      return String(String.UnicodeScalarView(scalars))
    }
    var text = String.UnicodeScalarView()
    var rest = scalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\\", let escaped = rest.popFirst() else {
        text.append(scalar)
        continue
      }
      guard escaped == "u" else {
        text.append(escaped)
        continue
      }
      let digits = rest.dropFirst().prefix { $0 != "}" }
      rest = rest.dropFirst(digits.count + 2)
      let value = UInt32(String(String.UnicodeScalarView(digits)), radix: 16)
      if let value, let decoded = Unicode.Scalar(value) { text.append(decoded) }
    }
    return String(text)
  }
}
