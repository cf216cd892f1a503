import AuditEvidence
import AuditModel
import AuditRender
import FoundationEssentials

/// Draws an auditor's sample from a pack: the seed is the digest of the pack's manifest, so that anyone redraws the same.
package struct SampleRun: Sendable {
  private let pack: String
  private let options: SampleOptions
  private let workers: Int

  /// Makes a run; `workers` is how many processors it may use.
  package init(pack: String, options: SampleOptions, workers: Int) {
    self.pack = pack
    self.options = options
    self.workers = workers
  }

  /// What was drawn.
  package struct Sample: Sendable {
    /// The worksheet, CSV.
    package var worksheet: [UInt8]
    /// How many instances the pack has.
    package var population: Int
    /// How many rows the worksheet has.
    package var drawn: Int
  }

  /// What is known of a row before it is drawn.
  private struct Item {
    var referenceID: Int64
    var stratum: Int
    var isIncluded: Bool
    var isDrawn = false
  }

  /// Draws.
  package func run() async throws -> Sample {
    let pack = try PublishedPack(at: pack)
    let rows = try await PackRows(of: pack, workers: workers)
    var strata = Strata()
    var items: [Item] = []
    try rows.readLines { line in
      let row = SampleRow(line)
      items.append(
        Item(
          referenceID: row.referenceID,
          stratum: strata.number(of: options.stratum.map { row.raw($0) } ?? []),
          isIncluded: options.included.contains { row.has($0) }))
    }
    let populations = draw(
      from: &items, strata, SampleOrder(seed: pack.manifestDigest))
    var sheet = Worksheet(seed: pack.manifestDigest, population: items.count)
    var index = 0
    try rows.readLines { line in
      let item = items[index]
      index += 1
      guard item.isDrawn || item.isIncluded else { return }
      sheet.add(
        SampleRow(line), isDrawn: item.isDrawn, isIncluded: item.isIncluded,
        stratum: (strata.values[item.stratum], populations[item.stratum]))
    }
    return Sample(worksheet: sheet.bytes, population: items.count, drawn: sheet.rows)
  }

  /// Draws so many of each stratum as are due to it, by rank.
  ///
  /// - Returns: the strata's sizes, by their numbers.
  private func draw(
    from items: inout [Item], _ strata: Strata, _ order: SampleOrder
  ) -> [Int] {
    var members = [[Int]](repeating: [], count: strata.values.count)
    for (index, item) in items.enumerated() { members[item.stratum].append(index) }
    let inOrder = strata.inOrder
    let due = options.size.allocation(over: inOrder.map { members[$0].count })
    for (stratum, count) in zip(inOrder, due) where count > 0 {
      let ranked = members[stratum].map { (order.rank(of: items[$0].referenceID), $0) }
        .sorted { $0 < $1 }
      for (_, index) in ranked.prefix(count) { items[index].isDrawn = true }
    }
    return members.map(\.count)
  }
}
