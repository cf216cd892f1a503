package import AuditModel

/// Rows of instances.csv, one an instance: RFC 4180, UTF-8, CRLF, safe to open in a spreadsheet.
package struct InstancesCSV: Sendable {
  /// The rows written so far.
  package private(set) var bytes: [UInt8] = []
  private var format = Format()

  /// Starts without rows.
  package init() {}

  /// Forgets the rows, but not their storage.
  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
  }

  /// The header row.
  package static var header: [UInt8] {
    Array((InstanceColumn.allCases.map(\.rawValue).joined(separator: ",") + "\r\n").utf8)
  }

  /// Appends the row of the instance at an index of a batch.
  package mutating func append(_ index: Int, of batch: borrowing InstanceBatch) {
    let (instances, text) = (batch.instances.span, batch.text.span)
    bytes.append(addingCapacity: instances.longestRow(at: index)) { output in
      format.write(instances, index, text, to: &output)
      // Each cell ends with a comma; the last one with the row instead.
      _ = output.removeLast()
      output.append(0x0D)
      output.append(0x0A)
    }
  }
}

private struct Format: RowFormat {
  let words = RowWords { _, word in InlineText("\(word),") }
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

  private static let comma = UInt8(ascii: ",")

  static func missing(_ column: InstanceColumn, to output: inout OutputSpan<UInt8>) {
    output.append(comma)
  }

  static func name(_ column: InstanceColumn, _ name: Name, to output: inout OutputSpan<UInt8>) {
    let bytes = name.bytes
    guard name.isSimple else { return text(column, bytes.span, to: &output) }
    output.append(bytes.span)
    output.append(comma)
  }

  static func text(
    _ column: InstanceColumn, _ text: borrowing Span<UInt8>, to output: inout OutputSpan<UInt8>
  ) {
    CSVText.append(text, to: &output)
    output.append(comma)
  }

  static func word(_ word: InlineText, to output: inout OutputSpan<UInt8>) {
    output.append(word)
  }

  static func word(_ column: InstanceColumn, _ word: String, to output: inout OutputSpan<UInt8>) {
    output.append(word.utf8Span.span)
    output.append(comma)
  }

  static func integer(_ column: InstanceColumn, _ number: Int64, to output: inout OutputSpan<UInt8>)
  {
    output.append(integer: number)
    output.append(comma)
  }

  static func id(_ column: InstanceColumn, _ id: InstanceID, to output: inout OutputSpan<UInt8>) {
    id.append(to: &output)
    output.append(comma)
  }

  static func instant(
    _ column: InstanceColumn, _ instant: Instant, to output: inout OutputSpan<UInt8>
  ) {
    instant.append(to: &output)
    output.append(comma)
  }

  static func flags(
    _ column: InstanceColumn, _ flags: DataQuality, to output: inout OutputSpan<UInt8>
  ) {
    if flags.isEmpty { return missing(column, to: &output) }
    word(column, flags.names.joined(separator: ";"), to: &output)
  }
}

/// The cells of objects that many instances share, as they were written.
///
/// An object is found again by its identity, at the one place of a table that is its own until another is written there.
struct SharedCells: Sendable {
  private struct Entry: Sendable {
    /// Kept alive with its cells, so that no other object comes to have its identity.
    var object: any AnyObject & Sendable
    var cells: [UInt8]
  }

  private static let places = 2048
  private var entries = [Entry?](repeating: nil, count: places)

  /// Appends the cells of an object, for which there must be room; `false` when they are not at hand.
  @inline(__always)
  func append(_ object: ObjectIdentifier, to output: inout OutputSpan<UInt8>) -> Bool {
    guard let known = entries[Self.place(of: object)], ObjectIdentifier(known.object) == object
    else { return false }
    output.append(known.cells.span)
    return true
  }

  /// Has the cells of an object written, for which there must be room, and keeps them.
  mutating func enter(
    _ object: any AnyObject & Sendable, to output: inout OutputSpan<UInt8>,
    write: (inout OutputSpan<UInt8>) -> Void
  ) {
    let start = output.count
    write(&output)
    entries[Self.place(of: ObjectIdentifier(object))] = Entry(
      object: object, cells: [UInt8](copying: output.span.extracting(start...)))
  }

  private static func place(of object: ObjectIdentifier) -> Int {
    // The lowest bits are those of an object's alignment.
    let bits = UInt(bitPattern: object)
    return Int(truncatingIfNeeded: (bits >> 4) ^ (bits >> 15)) & (places - 1)
  }
}
