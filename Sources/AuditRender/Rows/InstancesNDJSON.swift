package import AuditModel

/// Lines of instances.ndjson, one an instance: the columns of instances.csv in camel case, nulls written, text untouched.
package struct InstancesNDJSON: Sendable {
  /// The lines written so far.
  package private(set) var bytes: [UInt8] = []
  private var format = Format()

  /// Starts without lines.
  package init() {}

  /// Forgets the lines, but not their storage.
  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
  }

  /// Appends the line of the instance at an index of a batch, and says where it lies without its newline.
  @discardableResult
  package mutating func append(_ index: Int, of batch: borrowing InstanceBatch) -> Range<Int> {
    let start = bytes.count
    let (instances, text) = (batch.instances.span, batch.text.span)
    bytes.append(addingCapacity: instances.longestRow(at: index)) { output in
      format.write(instances, index, text, to: &output)
      output.append(UInt8(ascii: "}"))
      output.append(0x0A)
    }
    return start..<bytes.count - 1
  }
}

private struct Format: RowFormat {
  let words = RowWords { column, word in InlineText("\(key(of: column))\"\(word)\"") }
  private var cells = SharedCells()

  @inline(__always)
  func appendKnown(_ object: ObjectIdentifier, to output: inout OutputSpan<UInt8>) -> Bool {
    cells.append(object, to: &output)
  }

  mutating func share(
    _ object: any AnyObject & Sendable, to output: inout OutputSpan<UInt8>,
    write: (inout OutputSpan<UInt8>) -> Void
  ) {
    cells.enter(object, to: &output, write: write)
  }

  /// What comes before each column's value: `{"referenceId":`, `,"id":` and so on.
  private static let keys = CaseTable { InlineText(key(of: $0)) }

  private static func key(of column: InstanceColumn) -> String {
    "\(column == .referenceID ? "{" : ",")\"\(column.camelCaseName)\":"
  }

  private static let quote = UInt8(ascii: "\"")
  private static let nulls = CaseTable { InlineText("\(key(of: $0))null") }

  @inline(__always)
  private static func key(_ column: InstanceColumn, to output: inout OutputSpan<UInt8>) {
    output.append(keys[column])
  }

  /// Appends a value in quotes that needs no escapes.
  @inline(__always)
  private static func quoted(
    _ column: InstanceColumn, to output: inout OutputSpan<UInt8>,
    write: (inout OutputSpan<UInt8>) -> Void
  ) {
    key(column, to: &output)
    output.append(quote)
    write(&output)
    output.append(quote)
  }

  static func missing(_ column: InstanceColumn, to output: inout OutputSpan<UInt8>) {
    output.append(nulls[column])
  }

  static func name(_ column: InstanceColumn, _ name: Name, to output: inout OutputSpan<UInt8>) {
    let bytes = name.bytes
    guard name.isSimple else { return text(column, bytes.span, to: &output) }
    quoted(column, to: &output) { $0.append(bytes.span) }
  }

  static func text(
    _ column: InstanceColumn, _ text: borrowing Span<UInt8>, to output: inout OutputSpan<UInt8>
  ) {
    key(column, to: &output)
    JSONString.append(text, to: &output)
  }

  static func word(_ word: InlineText, to output: inout OutputSpan<UInt8>) {
    output.append(word)
  }

  static func word(_ column: InstanceColumn, _ word: String, to output: inout OutputSpan<UInt8>) {
    quoted(column, to: &output) { $0.append(word.utf8Span.span) }
  }

  static func integer(_ column: InstanceColumn, _ number: Int64, to output: inout OutputSpan<UInt8>)
  {
    key(column, to: &output)
    output.append(integer: number)
  }

  static func id(_ column: InstanceColumn, _ id: InstanceID, to output: inout OutputSpan<UInt8>) {
    quoted(column, to: &output) { id.append(to: &$0) }
  }

  static func instant(
    _ column: InstanceColumn, _ instant: Instant, to output: inout OutputSpan<UInt8>
  ) {
    quoted(column, to: &output) { instant.append(to: &$0) }
  }

  static func flags(
    _ column: InstanceColumn, _ flags: DataQuality, to output: inout OutputSpan<UInt8>
  ) {
    key(column, to: &output)
    output.append(UInt8(ascii: "["))
    if !flags.isEmpty {
      output.append("\"\(flags.names.joined(separator: "\",\""))\"".utf8Span.span)
    }
    output.append(UInt8(ascii: "]"))
  }
}

/// Writes text as a JSON string with the fewest escapes, so that nothing of it is lost.
enum JSONString {
  /// Appends a text in quotes, for which there must be room: of a control character six bytes.
  static func append(_ text: borrowing Span<UInt8>, to output: inout OutputSpan<UInt8>) {
    output.append(quote)
    var rest = text.extracting(...)
    while true {
      let plain = plainPrefix(of: rest)
      output.append(rest.extracting(first: plain))
      guard plain < rest.count else { break }
      append(escaped: rest[plain], to: &output)
      rest = rest.extracting(droppingFirst: plain + 1)
    }
    output.append(quote)
  }

  /// How many bytes come before the first that is to be escaped.
  @inline(__always)
  private static func plainPrefix(of text: borrowing Span<UInt8>) -> Int {
    guard text.count >= 16 else { return text.indices.first { isEscaped(text[$0]) } ?? text.count }
    // What the last sixteen bytes share with those before them is known to be plain.
    let last = text.count - 16
    var position = 0
    while position < last {
      let escaped = escaped(in: text.vector(at: position))
      guard escaped.isEmpty else { return position + escaped.first }
      position += 16
    }
    let escaped = escaped(in: text.vector(at: last))
    return escaped.isEmpty ? text.count : last + escaped.first
  }

  @inline(__always)
  private static func escaped(in bytes: ByteVector) -> ByteVector.Marks {
    bytes.below(0x20) .| bytes.equal(to: quote) .| bytes.equal(to: backslash)
  }

  private static let quote = UInt8(ascii: "\"")
  private static let backslash = UInt8(ascii: "\\")

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == quote || byte == backslash
  }

  private static func append(escaped byte: UInt8, to output: inout OutputSpan<UInt8>) {
    output.append(backslash)
    switch byte {
    case 0x0A: output.append(UInt8(ascii: "n"))
    case 0x0D: output.append(UInt8(ascii: "r"))
    case 0x09: output.append(UInt8(ascii: "t"))
    case 0..<0x20:
      output.append("u00".utf8Span.span)
      output.append(Hexadecimal.digits(of: [byte]).span)
    default: output.append(byte)
    }
  }
}
