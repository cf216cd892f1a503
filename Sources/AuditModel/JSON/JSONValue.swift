/// Any JSON value, to compare documents whose shape is not known.
public enum JSONValue: Decodable, Sendable, Equatable {
  /// `null`, which is not the same as a member that is missing.
  case null
  /// `true` or `false`.
  case boolean(Bool)
  /// A number without fraction or exponent that 64 bits hold.
  case integer(Int64)
  /// Any other number, as the nearest double.
  case number(Double)
  /// A text, its escapes resolved.
  case string(String)
  /// Values in their order.
  case array([JSONValue])
  /// Members by name.
  case object([String: JSONValue])  // text: names of members of our documents

  /// Reads any JSON value; a number is an integer where it can be one.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Int64.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      // text: names of members of our documents
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// Compares texts by their bytes: two spellings of an accent differ.
  public static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.boolean(let left), .boolean(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.number(let left), .number(let right)): left == right
    case (.string(let left), .string(let right)): left.isSame(as: right)
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    default: false
    }
  }

  /// The member of an object; `nil` where there is none.
  public subscript(member: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members[member]
  }

  /// Where this value first differs from another, such as `metrics.turnaround[2].terminal`; `nil` when they are equal.
  public func firstDifference(from other: JSONValue) -> String? {
    if self == other { return nil }
    switch (self, other) {
    case (.array(let left), .array(let right)):
      let index = zip(left, right).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      guard let index else { return "[\(min(left.count, right.count))]" }
      return "[\(index)]" + (left[index].firstDifference(from: right[index]) ?? "")
    case (.object(let left), .object(let right)):
      let keys = Set(left.keys).union(right.keys).sorted()
      guard let key = keys.first(where: { left[$0] != right[$0] }) else { return "" }
      guard let mine = left[key], let theirs = right[key] else { return ".\(key)" }
      return ".\(key)" + (mine.firstDifference(from: theirs) ?? "")
    default: return ""
    }
  }
}
