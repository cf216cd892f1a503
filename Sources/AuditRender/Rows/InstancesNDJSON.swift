public import AuditModel

/// Lines of instances.ndjson, one an instance: the columns of instances.csv in camel case, nulls written, text untouched.
public struct InstancesNDJSON: Sendable {
  /// The lines written so far.
  public private(set) var bytes: [UInt8] = []
  /// The column that comes next.
  private var column = 0

  /// Starts without lines.
  public init() {}

  /// Forgets the lines, but not their storage.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
  }

  /// Appends the line of an instance, and says where it lies without its newline.
  @discardableResult
  public mutating func append(
    _ instance: borrowing Instance, of batch: borrowing InstanceBatch
  ) -> Range<Int> {
    let start = bytes.count
    column = 0
    instance.write(batch.text.span, to: &self)
    bytes.append(UInt8(ascii: "}"))
    bytes.append(0x0A)
    return start..<bytes.count - 1
  }

  /// What stands before each column's value: `{"referenceId":`, `,"id":` and so on.
  private static let keys: [[UInt8]] = InstanceColumn.allCases.enumerated().map { index, column in
    Array("\(index == 0 ? "{" : ",")\"\(column.camelCaseName)\":".utf8)
  }
  private static let quote = UInt8(ascii: "\"")
}

extension InstancesNDJSON: CellWriter {
  /// Appends the next column's key and a value of at most so many bytes.
  @inline(__always)
  private mutating func value(
    addingCapacity length: Int, write: (inout OutputSpan<UInt8>) -> Void
  ) {
    let key = Self.keys[column]
    column += 1
    bytes.append(addingCapacity: key.count + length) { output in
      output.append(key.span)
      write(&output)
    }
  }

  mutating func missing() {
    value(addingCapacity: 8) { $0.append(Self.null, first: 4) }
  }

  mutating func name(_ name: Name) {
    let text = name.bytes
    if name.isSimple { simple(text.span) } else { self.text(text.span) }
  }

  /// Appends a text that needs no escapes.
  private mutating func simple(_ text: borrowing Span<UInt8>) {
    value(addingCapacity: text.count + 2) { output in
      output.append(Self.quote)
      output.append(text)
      output.append(Self.quote)
    }
  }

  mutating func text(_ text: borrowing Span<UInt8>) {
    value(addingCapacity: JSONString.longest(text)) { JSONString.append(text, to: &$0) }
  }

  mutating func word(_ word: String) {
    simple(word.utf8Span.span)
  }

  mutating func integer(_ number: Int64) {
    value(addingCapacity: 21) { $0.append(integer: number) }
  }

  mutating func id(_ id: InstanceID) {
    value(addingCapacity: InstanceID.length + 2) { output in
      output.append(Self.quote)
      id.append(to: &output)
      output.append(Self.quote)
    }
  }

  mutating func instant(_ instant: Instant) {
    value(addingCapacity: Instant.longest + 2) { output in
      output.append(Self.quote)
      instant.append(to: &output)
      output.append(Self.quote)
    }
  }

  mutating func flags(_ flags: DataQuality) {
    if flags.isEmpty {
      value(addingCapacity: 2) { output in
        output.append(UInt8(ascii: "["))
        output.append(UInt8(ascii: "]"))
      }
    } else {
      let names = flags.names.map { "\"\($0)\"" }.joined(separator: ",")
      let list = Array("[\(names)]".utf8)
      value(addingCapacity: list.count) { $0.append(list.span) }
    }
  }

  /// `null`, as the first bytes of a word.
  private static let null = ByteWord(bits: 0x6C_6C_75_6E)
}

extension InstanceColumn {
  /// The key in instances.ndjson.
  public var camelCaseName: String {
    let parts = rawValue.split(separator: "_")
    return parts.enumerated().map { index, part in
      index == 0 ? String(part) : part.prefix(1).uppercased() + part.dropFirst()
    }.joined()
  }
}
