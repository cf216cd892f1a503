extension RandomAccessCollection where Index == Int {
  /// The ranges of neighbours that belong together, in order.
  func runs(by belongs: (Element, Element) -> Bool) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var first = startIndex
    for index in indices.dropFirst() where !belongs(self[index - 1], self[index]) {
      runs.append(first..<index)
      first = index
    }
    if first < endIndex { runs.append(first..<endIndex) }
    return runs
  }
}
