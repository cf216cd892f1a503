import Dispatch
import Synchronization

extension RandomAccessCollection where Self: Sendable, Index == Int, Element: Sendable {
  /// What becomes of each element, in their order; as many are worked on at the same time as there are processors.
  func concurrentMap<Result: Sendable>(
    _ transform: @Sendable (Element) -> Result
  ) -> [Result] {
    let results = Mutex([Result?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { offset in
      let result = transform(self[startIndex + offset])
      results.withLock { $0[offset] = result }
    }
    return results.withLock { $0.compactMap(\.self) }
  }
}
