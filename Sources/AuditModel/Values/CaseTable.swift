/// A value for each case of an enumeration whose cases carry nothing.
public struct CaseTable<Case: CaseIterable, Value: Sendable>: Sendable {
  /// By the byte that a case is; bytes that are no case have the value of some case.
  @usableFromInline let values: [Value]

  /// Makes the values; there must be a case.
  public init(_ value: (Case) -> Value) {
    let known = Case.allCases.map { (byte(of: $0), value($0)) }
    var values = [Value](repeating: known[0].1, count: 256)
    for (byte, value) in known { values[Int(byte)] = value }
    self.values = values
  }

  /// The value for a case.
  @inlinable @inline(__always)
  public subscript(_ each: Case) -> Value { values[Int(byte(of: each))] }
}
