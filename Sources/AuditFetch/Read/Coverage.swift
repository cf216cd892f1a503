import AuditModel

/// The pages of one read and the reference ids between which they hold every row.
struct Coverage {
  /// A part of a range: up to the next page's beginning, with the page that covers it.
  struct Span {
    var range: ReferenceRange
    var page: ReadPage?
  }

  /// By where they begin; none reaches into the next.
  let pages: [ReadPage]
}

extension Coverage {
  /// Takes over the pages that an interrupted run had kept.
  init(resuming store: any PageStore, within range: ReferenceRange) throws {
    var pages: [ReadPage] = []
    for resumed in store.resumed
    where resumed.after >= max(range.after, pages.last?.range.through ?? 0) {
      let rows = try PageScan.rows(of: store.body(of: resumed.content), page: "\(resumed)")
      guard let last = rows.last?.referenceID, last <= range.through else { continue }
      pages.append(
        ReadPage(
          range: .init(after: resumed.after, through: last), content: resumed.content,
          rows: rows))
    }
    self.pages = pages
  }

  var rows: Int { pages.reduce(0) { $0 + $1.rows } }

  /// The parts of a range that no page covers, the end of the range always among them.
  func gaps(in range: ReferenceRange) -> [ReferenceRange] {
    var gaps: [ReferenceRange] = []
    var after = range.after
    for page in pages {
      if page.range.after > after { gaps.append(.init(after: after, through: page.range.after)) }
      after = page.range.through
    }
    return gaps + [.init(after: after, through: range.through)]
  }

  /// A range along the pages: each part ends where the next page begins, the last one at the range's end.
  func spans(of range: ReferenceRange) -> [Span] {
    guard let first = pages.first else { return [Span(range: range, page: nil)] }
    let ends = pages.dropFirst().map(\.range.after) + [range.through]
    return zip(pages, ends).map { page, end in
      Span(
        range: .init(
          after: page.range.after == first.range.after ? range.after : page.range.after,
          through: end),
        page: page)
    }
  }
}
