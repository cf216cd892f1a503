/// How JSON files of a pack are written: for people to read as well, indented, keys sorted, a newline at the end.
public enum JSONFile {
  /// The bytes of a document.
  ///
  /// - Throws: for infinite numbers and NaN.
  public static func bytes(_ document: some Encodable) throws -> [UInt8] {
    var text = try JSONWriting.text(document)
    text.append(UInt8(ascii: "\n"))
    return text
  }
}

/// A value whose absence is written as `null` rather than left out: missing is not zero, and not forgotten.
@propertyWrapper
public struct ExplicitNull<Value: Encodable & Sendable & Equatable>: Encodable, Sendable, Equatable
{
  /// The value, or `nil` for missing.
  public var wrappedValue: Value?

  /// Wraps a value.
  public init(wrappedValue: Value?) {
    self.wrappedValue = wrappedValue
  }

  /// Writes the value, or `null`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let wrappedValue { try container.encode(wrappedValue) } else { try container.encodeNil() }
  }
}

extension ExplicitNull: Decodable where Value: Decodable {
  /// Reads a value, or `null` as missing.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    wrappedValue = container.decodeNil() ? nil : try container.decode(Value.self)
  }
}

extension KeyedDecodingContainer {
  /// A value that an older version did not know is missing, as if it had been written as `null`.
  public func decode<Value: Decodable>(
    _ type: ExplicitNull<Value>.Type, forKey key: Key
  ) throws -> ExplicitNull<Value> {
    try decodeIfPresent(type, forKey: key) ?? ExplicitNull(wrappedValue: nil)
  }
}

/// A key of JSON that is known only when it is written.
public struct AnyKey: CodingKey {
  /// The key.
  public let stringValue: String
  /// Always `nil`: objects have no numbered members.
  public var intValue: Int? { nil }

  /// Makes a key.
  public init(_ name: String) {
    stringValue = name
  }

  /// Makes a key.
  public init?(stringValue: String) {
    self.stringValue = stringValue
  }

  /// Makes none.
  public init?(intValue: Int) {
    return nil
  }
}

extension Encoder {
  /// Writes an object of these members, or adds them to it; `nil` is written as `null`.
  package func encode(members: KeyValuePairs<String, (any Encodable)?>) throws {
    var container = container(keyedBy: AnyKey.self)
    for (key, value) in members {
      if let value {
        try container.encode(value, forKey: AnyKey(key))
      } else {
        try container.encodeNil(forKey: AnyKey(key))
      }
    }
  }

  /// Writes an array of these elements; `nil` is written as `null`.
  package func encode(elements: [(any Encodable)?]) throws {
    var container = unkeyedContainer()
    for element in elements {
      if let element { try container.encode(element) } else { try container.encodeNil() }
    }
  }
}

/// An object that is only written, its members as the document has them; one without a value is left out.
package struct JSONObject: Encodable, ExpressibleByDictionaryLiteral {
  private let members: [(String, (any Encodable)?)]

  /// Takes the members of a literal.
  package init(dictionaryLiteral members: (String, (any Encodable)?)...) {
    self.members = members
  }

  /// Writes the members that have a value.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: AnyKey.self)
    for case (let key, let value?) in members { try container.encode(value, forKey: AnyKey(key)) }
  }
}

/// The digits of a number that somebody else wrote, to be written again as they are.
struct WrittenNumber: Encodable {
  /// As the strict reader found them.
  let digits: [UInt8]

  /// For encoders that do not know it: as a text, so that no digit is lost.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(String(decoding: digits, as: UTF8.self))
  }
}
