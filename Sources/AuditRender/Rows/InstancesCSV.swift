public import AuditModel

/// Rows of instances.csv, one an instance: RFC 4180, UTF-8, CRLF, safe to open in a spreadsheet.
public struct InstancesCSV: Sendable {
  /// The rows written so far.
  public private(set) var bytes: [UInt8] = []

  /// Starts without rows.
  public init() {}

  /// Forgets the rows, but not their storage.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
  }

  /// The header row.
  public static var header: [UInt8] {
    Array((InstanceColumn.allCases.map(\.rawValue).joined(separator: ",") + "\r\n").utf8)
  }

  /// Appends the row of an instance.
  public mutating func append(_ instance: borrowing Instance, of batch: borrowing InstanceBatch) {
    instance.write(batch.text.span, to: &self)
    // Each cell ends with a comma; the last one with the row instead.
    bytes[bytes.count - 1] = 0x0D
    bytes.append(0x0A)
  }
}

extension InstancesCSV: CellWriter {
  private static let comma = UInt8(ascii: ",")

  mutating func missing() {
    bytes.append(Self.comma)
  }

  mutating func name(_ name: Name) {
    let text = name.bytes
    if name.isSimple { simple(text.span) } else { self.text(text.span) }
  }

  /// Appends a text that needs neither escapes nor quotes.
  private mutating func simple(_ text: borrowing Span<UInt8>) {
    bytes.append(addingCapacity: text.count + 1) { output in
      output.append(text)
      output.append(Self.comma)
    }
  }

  mutating func text(_ text: borrowing Span<UInt8>) {
    CSVText.append(text, to: &bytes)
    bytes.append(Self.comma)
  }

  mutating func word(_ word: String) {
    simple(word.utf8Span.span)
  }

  mutating func integer(_ number: Int64) {
    bytes.append(addingCapacity: 22) { output in
      output.append(integer: number)
      output.append(Self.comma)
    }
  }

  mutating func id(_ id: InstanceID) {
    bytes.append(addingCapacity: InstanceID.length + 1) { output in
      id.append(to: &output)
      output.append(Self.comma)
    }
  }

  mutating func instant(_ instant: Instant) {
    bytes.append(addingCapacity: Instant.longest + 1) { output in
      instant.append(to: &output)
      output.append(Self.comma)
    }
  }

  mutating func flags(_ flags: DataQuality) {
    if !flags.isEmpty { bytes += flags.names.joined(separator: ";").utf8 }
    bytes.append(Self.comma)
  }
}
