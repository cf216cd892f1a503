import Dispatch
import Synchronization

extension RandomAccessCollection where Self: Sendable, Index == Int {
  /// What becomes of each element, in their order; as many are worked on at the same time as there are processors.
  ///
  /// They are begun in their order, but first those that take long: nobody waits for one of these in the end. Inside of
  /// another call one is worked on after the other.
  func concurrentMap<Result: Sendable>(
    first takesLong: (Element) -> Bool = { _ in false },
    _ transform: @Sendable (Element) -> Result
  ) -> [Result] {
    var order = indices.filter { takesLong(self[$0]) }
    order += indices.filter { !takesLong(self[$0]) }
    let results = Mutex([Result?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { [order] turn in
      let result = transform(self[order[turn]])
      results.withLock { $0[order[turn] - startIndex] = result }
    }
    return results.withLock { $0.compactMap(\.self) }
  }
}

extension Array where Element: Sendable {
  /// Changes each element in its place, several at the same time as above.
  mutating func concurrentForEach(_ body: @Sendable (inout Element) -> Void) {
    let elements = Mutex(map(Optional.some))
    self = []
    DispatchQueue.concurrentPerform(iterations: elements.withLock(\.count)) { index in
      // Taken out, so that nobody else holds what it consists of, which would be copied.
      guard var element = elements.withLock({ $0[index].take() }) else { return }
      body(&element)
      elements.withLock { $0[index] = element }
    }
    self = elements.withLock { $0.compactMap(\.self) }
  }
}
