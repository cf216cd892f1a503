/// Any JSON value, to compare documents whose shape is not known.
public enum JSONValue: Decodable, Sendable, Equatable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

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
      self = .object(try container.decode([String: JSONValue].self))
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
