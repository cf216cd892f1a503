/// The strata of a sample: one for each value of a column, missing and empty being the same.
struct Strata {
  /// The values, by the strata's numbers.
  private(set) var values: [String] = []
  private var numbers: [[UInt8]: Int] = [:]

  /// The number of the stratum of a value, given as instances.ndjson writes it.
  mutating func number(of raw: [UInt8]) -> Int {
    if let number = numbers[raw] { return number }
    let value = SampleRow.text(raw)
    let known = values.firstIndex { $0.utf8.elementsEqual(value.utf8) }
    if known == nil { values.append(value) }
    numbers[raw] = known ?? values.count - 1
    return known ?? values.count - 1
  }

  /// The strata's numbers in the order of their values' code points, which in UTF-8 is the order of bytes.
  var inOrder: [Int] {
    values.indices.sorted { values[$0].utf8.lexicographicallyPrecedes(values[$1].utf8) }
  }
}
