import AuditModel
import AuditReduce

/// Every number of some metrics by its place: taken from the values that report.json is written of, so that none that
/// readers get is left out.
///
/// A place has no indices of arrays, whose order follows names. Numbers that stand for people, and those that an
/// administrator wrote, are left out: a pseudonymised copy has others.
struct MetricNumbers {
  /// The numbers in ascending order.
  private(set) var byPlace: [String: [Double]]  // text: places of figures

  /// Takes the numbers of metrics.
  init(of metrics: MetricsDocument) throws {
    let found = Found()
    try metrics.encode(to: NumberWalk(place: "", found: found))
    byPlace = found.numbers.mapValues { $0.sorted() }
  }

  /// What a walk through all values has found so far.
  fileprivate final class Found {
    var numbers: [String: [Double]] = [:]  // text: places of figures
    let numbersOfPeople = MetricCatalogue.numbersOfPeople
  }
}

/// Walks through values as they are encoded, and notes the numbers.
private struct NumberWalk: Encoder, UnkeyedEncodingContainer, SingleValueEncodingContainer {
  let place: String
  let found: MetricNumbers.Found

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }
  var count: Int { 0 }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(Members<Key>(walk: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer { self }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  func superEncoder() -> any Encoder { self }

  func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { self }

  func encodeNil() {}

  func encode(_ value: some Encodable) throws {
    switch value {
    case let number as any BinaryInteger: note(Double(Int64(clamping: number)))
    case let number as any BinaryFloatingPoint: note(Double(number))
    case is String, is Bool, is DefinitionDesign.Role, is ReceivedJSON: break
    default: try value.encode(to: self)
    }
  }

  private func note(_ number: Double) {
    found.numbers[place, default: []].append(number)
  }

  /// The members of an object.
  private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let walk: NumberWalk

    var codingPath: [any CodingKey] { [] }

    private func member(_ key: some CodingKey) -> NumberWalk {
      NumberWalk(place: "\(walk.place).\(key.stringValue)", found: walk.found)
    }

    func encodeNil(forKey key: Key) {}

    func encode(_ value: some Encodable, forKey key: Key) throws {
      if walk.found.numbersOfPeople.contains(key.stringValue) { return }
      try member(key).encode(value)
    }

    func nestedContainer<Other: CodingKey>(
      keyedBy type: Other.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Other> {
      member(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { member(key) }

    func superEncoder() -> any Encoder { walk }

    func superEncoder(forKey key: Key) -> any Encoder { member(key) }
  }
}
