extension Array {
  /// Sorts elements by bits that are spread evenly, and of equal ones as `precedes` says.
  ///
  /// The first bits deal the elements out in place, so that few are left to be compared with each other; sorting all at
  /// once would need half as much memory again. More than 2¹³ buckets would not stay in the processor's caches.
  mutating func sort(
    spreadBy bits: (Element) -> UInt, by precedes: (Element, Element) -> Bool
  ) {
    let width = Swift.min(Swift.max(Int.bitWidth - (count / 16).leadingZeroBitCount, 1), 13)
    func bucket(_ element: Element) -> Int { Int(bits(element) >> UInt(UInt.bitWidth - width)) }
    var ends = [Int](repeating: 0, count: 1 << width)
    for element in self { ends[bucket(element)] += 1 }
    var starts = [Int](repeating: 0, count: ends.count)
    for bucket in ends.indices.dropFirst() {
      starts[bucket] = ends[bucket - 1]
      ends[bucket] += ends[bucket - 1]
    }
    var free = starts
    for index in ends.indices {
      while free[index] < ends[index] {
        let home = bucket(self[free[index]])
        if home != index { swapAt(free[index], free[home]) }
        free[home] += 1
      }
      self[starts[index]..<ends[index]].sort(by: precedes)
    }
  }
}
