import AuditModel

/// Whether a row fulfils a condition as of an instant, in milliseconds.
///
/// Which column is read, and how, is decided once: a row costs calls and comparisons of bytes, and makes no string. It is a
/// value of its own, since a bare closure that went through an array would be called by way of a thunk each time.
struct RowPredicate: Sendable {
  let holds: @Sendable (_ row: borrowing BatchedInstance, _ asOf: Int64) -> Bool

  init(_ holds: @escaping @Sendable (borrowing BatchedInstance, Int64) -> Bool) {
    self.holds = holds
  }
}

extension RowCondition {
  /// The condition in the form that is asked of rows.
  var predicate: RowPredicate {
    switch self {
    case .all(let parts): return Self.joined(parts, isAll: true)
    case .any(let parts): return Self.joined(parts, isAll: false)
    case .not(let part):
      let part = part.predicate
      return RowPredicate { row, asOf in !part.holds(row, asOf) }
    case .exists(let column):
      if column.isNumeric { return column.number { _ in true } }
      if column.isMoment { return RowPredicate { row, _ in column.moment(of: row) != nil } }
      return column.text(AnyText())
    case .text(.user, .isOne(let names)):
      let users = KnownTexts(names.map { User(named: $0).key })
      return RowPredicate { row, _ in users.fits(row.user?.key) }
    case .text(let column, .isOne(let names)): return column.text(KnownTexts(names))
    case .text(let column, .begins(let prefix)): return column.text(TextStart(start: prefix.bytes))
    case .text(let column, .ends(let suffix)): return column.text(TextEnd(end: suffix.bytes))
    case .text(let column, .contains(let part)): return column.text(TextSearch(for: part.bytes))
    case .number(let column, .isOne(let numbers)): return column.number { numbers.contains($0) }
    case .number(let column, .exceeds(let limit)): return column.number { $0 > limit }
    case .older(let column, let time):
      return RowPredicate { row, asOf in
        guard let moment = column.moment(of: row) else { return false }
        return asOf > moment.milliseconds + time
      }
    }
  }

  /// Joins conditions; what most rows can be decided by comes before what must look through a text, since the order changes
  /// no answer.
  private static func joined(_ parts: [RowCondition], isAll: Bool) -> RowPredicate {
    let predicates = parts.sorted { $0.cost < $1.cost }.map(\.predicate)
    return predicates.isEmpty ? RowPredicate { _, _ in isAll } : joined(predicates[...], isAll)
  }

  /// Joins by halves, so that long lists are not asked in as many nested calls.
  private static func joined(_ predicates: ArraySlice<RowPredicate>, _ isAll: Bool) -> RowPredicate
  {
    if predicates.count == 1 { return predicates[predicates.startIndex] }
    let middle = predicates.startIndex + predicates.count / 2
    let first = joined(predicates[..<middle], isAll)
    let rest = joined(predicates[middle...], isAll)
    return isAll
      ? RowPredicate { row, asOf in first.holds(row, asOf) && rest.holds(row, asOf) }
      : RowPredicate { row, asOf in first.holds(row, asOf) || rest.holds(row, asOf) }
  }

  /// About how long an answer takes, in relation to others.
  private var cost: Int {
    switch self {
    case .all(let parts), .any(let parts): parts.reduce(0) { $0 + $1.cost }
    case .not(let part): part.cost
    case .exists, .number, .older: 1
    case .text(let column, _) where column.words != nil: 1
    case .text(let column, .isOne): column.isShared ? 2 : 4
    case .text(let column, .begins), .text(let column, .ends): column.isShared ? 3 : 4
    case .text(_, .contains): 6
    }
  }
}

extension InstanceColumn {
  /// Whether it holds instants.
  fileprivate var isMoment: Bool { field.kind == .instant }

  /// The instant in a row; `nil` of other columns.
  func moment(of row: borrowing BatchedInstance) -> Instant? {
    switch self {
    case .start: row.start
    case .lastModified: row.lastModified
    default: nil
    }
  }

  /// Whether few objects hold its texts, each for many rows.
  fileprivate var isShared: Bool {
    [.workflowType, .definitionName, .definitionID, .user, .stepName, .stepUniqueName]
      .contains(self)
  }

  /// Asks something of a number; of other columns nothing holds.
  fileprivate func number(_ holds: @escaping @Sendable (Int64) -> Bool) -> RowPredicate {
    switch self {
    case .referenceID: RowPredicate { row, _ in holds(row.referenceID) }
    case .definitionVersion:
      RowPredicate { row, _ in
        guard let version = row.definition.version else { return false }
        return holds(version)
      }
    case .durationMilliseconds:
      RowPredicate { row, _ in
        // Asked of the instance, it would be computed of a copy.
        let duration = row.status.milliseconds(from: row.start, to: row.lastModified)
        guard let duration else { return false }
        return holds(duration)
      }
    default: RowPredicate { _, _ in false }
    }
  }

  /// Asks something of a text; of other columns nothing holds.
  fileprivate func text(_ test: some TextMatcher) -> RowPredicate {
    switch self {
    case .id:
      return RowPredicate { row, _ in
        let bytes = [UInt8](capacity: InstanceID.length) { row.id.append(to: &$0) }
        return test.fits(bytes.span)
      }
    case .status:
      let known = CaseTable { (status: Status) in test.fits(status.name) }
      return RowPredicate { row, _ in
        row.status == .unknown ? test.fits(row.statusText) : known[row.status]
      }
    case .outcome:
      let known = CaseTable { (outcome: Outcome) in test.fits(outcome.rawValue) }
      return RowPredicate { row, _ in known[row.outcome] }
    case .workflowType: return RowPredicate { row, _ in test.fits(row.definition.workflowType) }
    case .definitionName: return RowPredicate { row, _ in test.fits(row.definition.name) }
    case .definitionID: return RowPredicate { row, _ in test.fits(row.definition.id) }
    case .user: return RowPredicate { row, _ in test.fits(row.user?.spelling) }
    case .userKind:
      let known = CaseTable { (kind: User.Kind) in test.fits(kind.rawValue) }
      return RowPredicate { row, _ in row.user.map { known[$0.kind] } ?? false }
    case .action:
      let known = CaseTable { (action: Action) in test.fits(action.rawValue) }
      return RowPredicate { row, _ in known[row.action] }
    case .commonName: return Self.slice(test) { $0.commonName }
    case .subject: return Self.slice(test) { $0.subject }
    case .stepName: return RowPredicate { row, _ in test.fits(row.step.name) }
    case .stepUniqueName: return RowPredicate { row, _ in test.fits(row.step.uniqueName) }
    case .stepID: return Self.slice(test) { $0.stepID }
    case .statusMessage: return Self.slice(test) { $0.statusMessage }
    case .failureClass:
      return RowPredicate { row, _ in row.failureClass.map { test.fits($0.name) } ?? false }
    case .title: return Self.slice(test) { $0.title }
    case .titleRule:
      let known = CaseTable { (rule: TitleRule) in test.fits(rule.name) }
      return RowPredicate { row, _ in known[row.titleRule] }
    case .dataQuality:
      return RowPredicate { row, _ in
        !row.quality.isEmpty && test.fits(row.quality.names.joined(separator: ";"))
      }
    case .referenceID, .definitionVersion, .durationMilliseconds, .start, .lastModified:
      return RowPredicate { _, _ in false }
    }
  }

  private static func slice(
    _ test: some TextMatcher, _ read: @escaping @Sendable (borrowing BatchedInstance) -> TextSlice?
  ) -> RowPredicate {
    RowPredicate { row, _ in
      guard let slice = read(row) else { return false }
      return test.fits(row.batch.text.span.extracting(slice.range))
    }
  }
}

/// A test of texts, ready to be asked; the empty text fits none.
private protocol TextMatcher: Sendable {
  func fits(_ text: borrowing Span<UInt8>) -> Bool
  func fits(_ name: Name?) -> Bool
}

extension TextMatcher {
  func fits(_ name: Name?) -> Bool {
    guard let bytes = name?.bytes else { return false }
    return fits(bytes.span)
  }

  func fits(_ word: String) -> Bool { fits(word.utf8Span.span) }
}

private struct AnyText: TextMatcher {
  func fits(_ text: borrowing Span<UInt8>) -> Bool { !text.isEmpty }
}

private struct KnownTexts: TextMatcher {
  private var known = NameIndex()

  init(_ names: [Name]) {
    for name in names { _ = known.index(of: name) }
  }

  func fits(_ text: borrowing Span<UInt8>) -> Bool { known.known(text) != nil }

  /// Finds a name by the digest that it has.
  func fits(_ name: Name?) -> Bool {
    guard let name else { return false }
    return known.known(name) != nil
  }
}

private struct TextStart: TextMatcher {
  let start: [UInt8]

  func fits(_ text: borrowing Span<UInt8>) -> Bool { text.holds(start.span, at: 0) }
}

private struct TextEnd: TextMatcher {
  let end: [UInt8]

  func fits(_ text: borrowing Span<UInt8>) -> Bool {
    text.count >= end.count && text.holds(end.span, at: text.count - end.count)
  }
}

/// A text that is looked for in others, in time that grows with their length and no faster.
///
/// Source: D. E. Knuth, J. H. Morris, V. R. Pratt, "Fast Pattern Matching in Strings", SIAM Journal on Computing 6 (1977).
private struct TextSearch: TextMatcher {
  private let text: [UInt8]
  /// For each beginning of the text, the length of the longest other beginning that it ends with.
  private let borders: [Int]

  /// Takes a text that is not empty.
  init(for text: [UInt8]) {
    var borders = [0]
    for byte in text.dropFirst() {
      var length = borders[borders.count - 1]
      while length > 0, text[length] != byte { length = borders[length - 1] }
      borders.append(text[length] == byte ? length + 1 : 0)
    }
    self.text = text
    self.borders = borders
  }

  func fits(_ other: borrowing Span<UInt8>) -> Bool {
    let first = text[0]
    var (position, matched) = (0, 0)
    while position < other.count {
      if matched == 0 {
        position = other.firstIndex(from: position) { $0.equal(to: first) }
        if position == other.count { return false }
      }
      while matched > 0, text[matched] != other[position] { matched = borders[matched - 1] }
      if text[matched] == other[position] { matched += 1 }
      if matched == text.count { return true }
      position += 1
    }
    return false
  }
}
