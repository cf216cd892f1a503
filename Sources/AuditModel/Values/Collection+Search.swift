extension RandomAccessCollection where Index == Int {
  /// The first element with a property that all later ones have too, by bisection; the end where none has.
  public func partitioningIndex(where holds: (Element) throws -> Bool) rethrows -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if try holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension Array where Element: Equatable {
  /// How many elements must be put in, taken out or replaced to make this of another: Levenshtein's distance.
  ///
  /// Of this only the first 64 elements count: a text from outside may be of any length.
  public func editDistance(to other: [Element]) -> Int {
    var row = Swift.Array<Int>(0...other.count)
    for (index, element) in prefix(64).enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for place in other.indices {
        let replaced = diagonal + (element == other[place] ? 0 : 1)
        diagonal = row[place + 1]
        row[place + 1] = Swift.min(replaced, diagonal + 1, row[place] + 1)
      }
    }
    return row[other.count]
  }
}
