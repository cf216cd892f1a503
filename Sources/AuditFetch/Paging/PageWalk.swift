import AuditModel

/// The walk over pages by key: it is told of each page and says what to ask for next.
///
/// It decides and does nothing else, so that it can be tested as a table. A short page is never the end, since a server
/// may clamp the page size; the end is an empty page.
struct PageWalk: Sendable {
  /// What to do after a page.
  enum Step: Sendable, Equatable {
    /// Ask for the rows beyond a reference id.
    case ask(after: Int64)
    /// There is nothing more.
    case end
  }

  /// Why a page cannot be part of the walk.
  enum Fault: Error, Equatable {
    case tooManyRows(asked: Int, received: Int)
    case noProgress(after: Int64, received: Int64)
    case disorder(first: Int64, second: Int64)
    case outsideWindow(referenceID: Int64, start: Instant)
  }

  private let nearWindow: Window
  private var last: Int64 = 0
  private var largestPage = 0
  private var pages = 0
  private var wasEverFull = false

  /// The page size that the server clamps to: no page of several was as large as asked for.
  var clampedSize: Int? { pages > 1 && !wasEverFull ? largestPage : nil }

  /// Walks through a window.
  init(window: Window) {
    // 26 hours beyond the widened window: further out, the server did not filter at all.
    nearWindow = window.widened(byHours: 52)
  }

  /// The first step.
  var start: Step { .ask(after: last) }

  /// Takes a page of at most as many rows as were asked for, in the server's order.
  mutating func receive(_ rows: [RowIdentity], asked: Int) throws(Fault) -> Step {
    guard rows.count <= asked else { throw .tooManyRows(asked: asked, received: rows.count) }
    guard let first = rows.first, let final = rows.last else { return .end }
    guard first.referenceID > last else {
      throw .noProgress(after: last, received: first.referenceID)
    }
    for (left, right) in zip(rows, rows.dropFirst()) where left.referenceID >= right.referenceID {
      throw .disorder(first: left.referenceID, second: right.referenceID)
    }
    for row in rows {
      if let start = row.start, !nearWindow.contains(start) {
        throw .outsideWindow(referenceID: row.referenceID, start: start)
      }
    }
    last = final.referenceID
    pages += 1
    largestPage = max(largestPage, rows.count)
    wasEverFull = wasEverFull || rows.count == asked
    return .ask(after: last)
  }
}
