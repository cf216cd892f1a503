/// The ranges of neighbours that belong together, in order, found one by one: as a list they could be as many as the
/// elements.
struct Runs<Base: RandomAccessCollection>: Sequence, IteratorProtocol where Base.Index == Int {
  fileprivate let base: Base
  fileprivate var position: Int
  fileprivate let belongs: (Base.Element, Base.Element) -> Bool

  mutating func next() -> Range<Int>? {
    guard position < base.endIndex else { return nil }
    let first = position
    repeat {
      position += 1
    } while position < base.endIndex
      && belongs(base[position - 1], base[position])
    return first..<position
  }
}

extension RandomAccessCollection where Index == Int {
  /// The ranges of neighbours that belong together.
  func runs(by belongs: @escaping (Element, Element) -> Bool) -> Runs<Self> {
    Runs(base: self, position: startIndex, belongs: belongs)
  }
}
