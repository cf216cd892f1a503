/// How JSON files of a pack are written: for people to read as well, indented, keys sorted, a newline at the end.
package enum JSONFile {
  /// The bytes of a document.
  ///
  /// - Throws: for numbers that are no numbers.
  package static func bytes(_ document: some Encodable) throws -> [UInt8] {
    var text = try JSONWriting.text(document)
    text.append(UInt8(ascii: "\n"))
    return text
  }
}

/// A value whose absence is written as `null` rather than left out: missing is not zero, and not forgotten.
@propertyWrapper
package struct WrittenNull<Value: Encodable & Sendable & Equatable>: Encodable, Sendable, Equatable
{
  /// The value, or `nil` for missing.
  package var wrappedValue: Value?

  /// Wraps a value.
  package init(wrappedValue: Value?) {
    self.wrappedValue = wrappedValue
  }

  /// Writes the value, or `null`.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let wrappedValue { try container.encode(wrappedValue) } else { try container.encodeNil() }
  }
}

extension WrittenNull: Decodable where Value: Decodable {
  /// Reads a value, or `null` as missing.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    wrappedValue = container.decodeNil() ? nil : try container.decode(Value.self)
  }
}

extension KeyedDecodingContainer {
  /// A value that an older version did not know is missing, as if it had been written as `null`.
  package func decode<Value: Decodable>(
    _ type: WrittenNull<Value>.Type, forKey key: Key
  ) throws -> WrittenNull<Value> {
    try decodeIfPresent(type, forKey: key) ?? WrittenNull(wrappedValue: nil)
  }
}
