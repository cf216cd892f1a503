import AuditModel

/// The walk over a range of reference ids, page by page: it is told of each page and says what to ask for next.
///
/// It decides and does nothing else, so that it can be tested as a table. A short page is never the end, since a server
/// may clamp the page size: the end is a page that holds all that the server counts, or an empty one.
///
/// ```swift
/// var walk = PageWalk(ReferenceRange(after: 0, through: 99), askedWindow: nil)
/// var step = walk.start  // .ask(after: 0)
/// step = try walk.receive(page(4, 7), asked: 2, total: 3)  // .ask(after: 7)
/// step = try walk.receive(page(9), asked: 2, total: 1)  // .end
/// ```
struct PageWalk: Sendable {
  /// What to do after a page.
  enum Step: Sendable, Equatable {
    /// Ask for the rows beyond a reference id.
    case ask(after: Int64)
    /// There is nothing more.
    case end
  }

  /// When a range counts as read.
  enum End: Sendable {
    /// When a page holds as many rows as the server counts from there on.
    case counted
    /// Only when a page is empty.
    case empty
  }

  /// Why a page cannot be part of the walk.
  enum WalkError: Error, Equatable {
    case tooManyRows(asked: Int, received: Int)
    case noProgress(after: Int64, received: Int64)
    case disorder(first: Int64, second: Int64)
    case sharedReferenceID(Int64, first: InstanceID, second: InstanceID)
    case beyondRange(referenceID: Int64, through: Int64)
    case outsideWindow(referenceID: Int64, start: Instant)
  }

  /// A page with another number of rows than the server counted, where both must agree.
  struct Contradiction: Sendable, Equatable {
    var after: Int64
    var announced: Int
    var received: Int
  }

  private let range: ReferenceRange
  private let nearWindow: Window?
  private let end: End
  private var last: Int64
  /// Where the count and the rows cannot both be right.
  private(set) var contradictions: [Contradiction] = []
  /// Whether the server announced no total with some page.
  private(set) var lacksTotals = false
  /// What the server counted before the first page.
  private(set) var firstTotal: Int?

  /// Walks over a range; rows further than 26 hours outside the window that was asked for end the walk.
  init(_ range: ReferenceRange, askedWindow: Window?, until end: End = .counted) {
    self.range = range
    self.end = end
    nearWindow = askedWindow?.widened(byHours: 26)
    last = range.after
  }

  /// The first step.
  var start: Step { .ask(after: last) }

  /// Takes a page of at most as many rows as were asked for, in the server's order, with the server's count of all
  /// rows from there on.
  mutating func receive(_ rows: [RowIdentity], asked: Int, total: Int?) throws(WalkError) -> Step {
    try check(rows, asked: asked)
    if firstTotal == nil { firstTotal = total }
    guard let total else {
      lacksTotals = true
      last = rows.last?.referenceID ?? last
      return rows.isEmpty ? .end : .ask(after: last)
    }
    if rows.count > total || (rows.isEmpty && total > 0) {
      contradictions.append(.init(after: last, announced: total, received: rows.count))
    }
    guard let final = rows.last else { return .end }
    last = final.referenceID
    return rows.count == total && end == .counted ? .end : .ask(after: last)
  }

  private func check(_ rows: [RowIdentity], asked: Int) throws(WalkError) {
    guard rows.count <= asked else { throw .tooManyRows(asked: asked, received: rows.count) }
    if let first = rows.first, first.referenceID <= last {
      throw .noProgress(after: last, received: first.referenceID)
    }
    for (left, right) in zip(rows, rows.dropFirst()) where left.referenceID >= right.referenceID {
      if left.referenceID == right.referenceID, left.id != right.id {
        throw .sharedReferenceID(left.referenceID, first: left.id, second: right.id)
      }
      throw .disorder(first: left.referenceID, second: right.referenceID)
    }
    if let final = rows.last, final.referenceID > range.through {
      throw .beyondRange(referenceID: final.referenceID, through: range.through)
    }
    for row in rows {
      if let start = row.start, let nearWindow, !nearWindow.contains(start) {
        throw .outsideWindow(referenceID: row.referenceID, start: start)
      }
    }
  }
}

extension PageWalk.WalkError: CustomStringConvertible {
  /// The fault in words.
  var description: String {
    switch self {
    case .tooManyRows(let asked, let received):
      "the server returned \(received) rows where \(asked) were asked for"
    case .noProgress(let after, let received):
      "no forward progress at id \(after): the next page begins with \(received)"
    case .disorder(let first, let second):
      "the rows of a page are out of order: \(second) comes after \(first)"
    case .sharedReferenceID(let referenceID, let first, let second):
      "two instances share the reference id \(referenceID): \(first) and \(second)"
    case .beyondRange(let referenceID, let through):
      "the row \(referenceID) lies beyond \(through), the largest id that was asked for"
    case .outsideWindow(let referenceID, let start):
      "the row \(referenceID) started at \(start), far outside the window that was asked for"
    }
  }
}
