import AuditFiles
import AuditModel
import AuditReport

/// The rows of one server that newer packs hold, so that an older version of one does not count again.
///
/// They wait in a file; memory holds eight bytes for every 512 of them.
struct SeenRows: Sendable {
  /// How many there are.
  private(set) var count = 0
  private let file: ScratchFile
  private var runs: [Run] = []

  /// The rows of a pack, by reference id.
  private struct Run: Sendable {
    /// Where they lie in the file.
    let bytes: Range<Int>
    /// The first and the last reference id.
    let ids: ClosedRange<Int64>
    /// The first reference id of each block.
    let firsts: [Int64]
  }

  /// A place in a run.
  private struct Cursor {
    let run: Run
    var block: Block
    var row = 0

    /// The reference id of the row that comes next.
    var id: Int64 { block.id(row) }
  }

  /// How many rows a block has.
  private static let block = 512
  /// How many bytes a row takes in the file: its reference id and half of its GUID.
  private static let width = 16

  /// Makes an empty set that keeps its rows in a file of its own in a folder.
  init(in folder: String) throws(ArchiveError) {
    file = try ScratchFile(in: folder)
  }

  /// Whether a row was seen.
  enum Occurrence {
    /// No newer pack has its reference id.
    case new
    /// A newer pack has it.
    case duplicate
    /// A newer pack has another instance under its reference id.
    case conflict
  }

  /// What is known of some rows, in their order.
  func lookup(_ rows: [Population.Identity]) throws(ArchiveError) -> [Occurrence] {
    var occurrences = [Occurrence](repeating: .new, count: rows.count)
    let order = rows.indices.sorted { rows[$0].referenceID < rows[$1].referenceID }
    guard let least = order.first, let greatest = order.last else { return occurrences }
    let ids = rows[least].referenceID...rows[greatest].referenceID
    for run in runs where run.ids.overlaps(ids) {
      var block: Block?
      for index in order where run.ids.contains(rows[index].referenceID) {
        let id = rows[index].referenceID
        let number = run.firsts.partitioningIndex { $0 > id } - 1
        if block?.number != number { block = try read(number, of: run) }
        guard let half = block?.half(of: id), occurrences[index] != .duplicate else { continue }
        occurrences[index] = half == rows[index].id.low ? .duplicate : .conflict
      }
    }
    return occurrences
  }

  /// Some rows as they lie in the file.
  private struct Block {
    let number: Int
    let bytes: [UInt8]

    var count: Int { bytes.count / SeenRows.width }

    func id(_ row: Int) -> Int64 {
      Int64(bitPattern: bytes.span.word(at: row * SeenRows.width).bits)
    }

    /// The half of the GUID of a row.
    func half(of id: Int64) -> UInt64? {
      let row = (0..<count).partitioningIndex { self.id($0) >= id }
      guard row < count, self.id(row) == id else { return nil }
      return bytes.span.word(at: row * SeenRows.width + 8).bits
    }
  }

  private func read(_ number: Int, of run: Run) throws(ArchiveError) -> Block {
    let start = run.bytes.lowerBound + number * Self.block * Self.width
    let end = min(start + Self.block * Self.width, run.bytes.upperBound)
    return Block(number: number, bytes: try file.read(end - start, at: start))
  }

  /// Adds rows of which each has a reference id of its own.
  mutating func add(_ rows: [Population.Identity]) throws(ArchiveError) {
    let rows = rows.sorted { $0.referenceID < $1.referenceID }
    guard let first = rows.first, let last = rows.last else { return }
    let bytes = [UInt8](capacity: rows.count * Self.width) { output in
      for row in rows {
        output.append(ByteWord(bits: UInt64(bitPattern: row.referenceID)))
        output.append(ByteWord(bits: row.id.low))
      }
    }
    try file.append(bytes.span)
    let start = count * Self.width
    runs.append(
      Run(
        bytes: start..<start + bytes.count, ids: first.referenceID...last.referenceID,
        firsts: stride(from: 0, to: rows.count, by: Self.block).map { rows[$0].referenceID }))
    count += rows.count
  }

  /// The ranges of reference ids between the lowest and the highest that no row has.
  func gaps() throws(ArchiveError) -> IDGaps {
    var gaps = IDGaps()
    var last: Int64?
    var waiting = runs.sorted { $0.ids.lowerBound > $1.ids.lowerBound }
    // Only runs that reach into each other are looked at together.
    var open: [Cursor] = []
    while !waiting.isEmpty || !open.isEmpty {
      let next = open.indices.min { open[$0].id < open[$1].id }
      if let run = waiting.last, next.map({ open[$0].id >= run.ids.lowerBound }) ?? true {
        open.append(Cursor(run: waiting.removeLast(), block: try read(0, of: run)))
        continue
      }
      guard let next else { break }
      let id = open[next].id
      if let last, id - last > 1 { gaps.add(.init(first: last + 1, last: id - 1)) }
      last = id
      if try !advance(&open[next]) { open.remove(at: next) }
    }
    return gaps
  }

  /// Passes a row; whether another one follows.
  private func advance(_ cursor: inout Cursor) throws(ArchiveError) -> Bool {
    cursor.row += 1
    if cursor.row < cursor.block.count { return true }
    guard cursor.block.number + 1 < cursor.run.firsts.count else { return false }
    cursor.block = try read(cursor.block.number + 1, of: cursor.run)
    cursor.row = 0
    return true
  }
}
