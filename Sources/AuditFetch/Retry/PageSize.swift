/// How many rows to ask for: half as many after a timeout, and more again when the server keeps up.
struct PageSize: Sendable, Equatable {
  /// The current size.
  private(set) var rows: Int
  private var largest: Int
  private var kept = 0

  private static let smallest = 10
  /// Pages in time before the size grows again.
  private static let pagesBeforeGrowth = 5

  init(_ largest: Int) {
    rows = largest
    self.largest = largest
  }

  /// The server returns no more than this, whatever is asked for.
  mutating func clamp(to returned: Int) {
    largest = min(largest, max(1, returned))
    rows = min(rows, largest)
  }

  mutating func shrink() {
    rows = max(min(Self.smallest, largest), rows / 2)
    kept = 0
  }

  mutating func keepUp() {
    guard rows < largest else { return }
    kept += 1
    guard kept == Self.pagesBeforeGrowth else { return }
    rows = min(largest, rows * 2)
    kept = 0
  }
}
