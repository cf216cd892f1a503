import AuditEvidence
import AuditModel
import AuditPlan
import AuditReport

/// Holds the verdict on completeness against the pages of the reads that it rests on.
struct CompletenessCheck {
  let pack: PublishedPack
  let entries: [JournalEntry]
  /// What the run claims to have found.
  let found: Acquisition

  /// The lines of one read, by what their page begins after; of several, the last counts.
  private func pages(of read: String) -> [Int64: JournalEntry] {
    let lines = entries.filter { $0.purpose == read && $0.rows > 0 }
    return Dictionary(lines.map { ($0.after ?? 0, $0) }) { _, last in last }
  }

  /// What the pages do not bear out.
  func discrepancies() throws -> [Discrepancy] {
    if found.source.kind == .pages {
      return found.verdict == .unproved
        ? [] : [.unevidenced(reason: "saved pages can never be \(found.verdict.rawValue).")]
    }
    let first = pages(of: "read 1")
    let reduced = Set((found.pages ?? []).map { Name($0) })
    let leftOut = first.values.map { Name($0.file) }.filter { !reduced.contains($0) }.sorted()
    let complaints = leftOut.map { file in
      Discrepancy.unevidenced(reason: "\(file) was read, but is not in the report.")
    }
    guard [.proved, .provedWithChanges].contains(found.verdict) else { return complaints }
    let differing = try differences(first, pages(of: "read 2"))
    let named = Set(found.changes?.map(\.referenceId) ?? [])
    if found.verdict == .proved, !named.isEmpty {
      return complaints + [.unevidenced(reason: "instances changed, and the verdict is proved.")]
    }
    let unnamed = differing.subtracting(named).sorted()
    guard let example = unnamed.first else { return complaints }
    return complaints + [
      .unevidenced(
        reason:
          "the two reads differ in \(unnamed.count) instances that the verdict does not name, "
          + "the first of them \(example).")
    ]
  }

  /// The reference ids whose rows two reads do not have alike.
  private func differences(
    _ first: [Int64: JournalEntry], _ second: [Int64: JournalEntry]
  ) throws -> Set<Int64> {
    let isSame = { (after: Int64) in first[after]?.sha256 == second[after]?.sha256 }
    let left = try rows(first.filter { !isSame($0.key) })
    let right = try rows(second.filter { !isSame($0.key) })
    let ids = Set(left.keys).union(right.keys)
    return ids.filter { left[$0] != right[$0] }
  }

  /// The digests of the rows of some pages, by reference id.
  private func rows(_ entries: [Int64: JournalEntry]) throws -> [Int64: Digest] {
    var rows: [Int64: Digest] = [:]
    for (_, entry) in entries.sorted(by: { $0.key < $1.key }) {
      let body = try pack.page(entry.file)
      for row in try PageScan.rows(of: body, page: entry.file) {
        rows[row.referenceID] = Digest.of(body.span.extracting(row.range))
      }
    }
    return rows
  }
}
