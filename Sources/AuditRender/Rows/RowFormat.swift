import AuditModel

/// How a format writes the values of an instance, in the order of ``InstanceColumn``.
protocol RowFormat {
  /// What rows are made of in this format.
  associatedtype Element
  /// What our own words are kept as.
  associatedtype Word: Sendable

  /// Those that every row has.
  var words: RowWords<Word> { get }

  /// One of these words.
  static func word(_ word: Word, to output: inout OutputSpan<Element>)
  /// Appends cells that say nothing but what an object says that many instances share; `false` where it is not known what
  /// they are.
  func appendKnown(_ object: ObjectIdentifier, to output: inout OutputSpan<Element>) -> Bool
  /// Such cells of an object, to be written.
  mutating func share(
    _ object: any AnyObject & Sendable, to output: inout OutputSpan<Element>,
    write: (inout OutputSpan<Element>) -> Void)
  static func missing(_ column: InstanceColumn, to output: inout OutputSpan<Element>)
  /// Text from the server that recurs.
  static func name(_ column: InstanceColumn, _ name: Name, to output: inout OutputSpan<Element>)
  /// Any other text from the server.
  static func text(
    _ column: InstanceColumn, _ text: borrowing Span<UInt8>, to output: inout OutputSpan<Element>)
  /// Any other word of our own.
  static func word(_ column: InstanceColumn, _ word: String, to output: inout OutputSpan<Element>)
  static func integer(
    _ column: InstanceColumn, _ number: Int64, to output: inout OutputSpan<Element>)
  static func id(_ column: InstanceColumn, _ id: InstanceID, to output: inout OutputSpan<Element>)
  static func instant(
    _ column: InstanceColumn, _ instant: Instant, to output: inout OutputSpan<Element>)
  static func flags(
    _ column: InstanceColumn, _ flags: DataQuality, to output: inout OutputSpan<Element>)
}

extension RowFormat {
  /// Writes the columns of an instance, for which there must be room; the text is that of the instance's batch.
  mutating func write(
    _ instances: borrowing Span<Instance>, _ index: Int, _ text: borrowing Span<UInt8>,
    to output: inout OutputSpan<Element>
  ) {
    Self.integer(.referenceID, instances[index].referenceID, to: &output)
    Self.id(.id, instances[index].id, to: &output)
    if instances[index].status == .unknown {
      Self.name(.status, instances[index].statusText, to: &output)
    } else {
      Self.word(words.status[instances[index].status], to: &output)
    }
    Self.word(words.outcome[instances[index].outcome], to: &output)
    if !appendKnown(ObjectIdentifier(instances[index].definition), to: &output) {
      write(instances[index].definition, to: &output)
    }
    let user = instances[index].user.map(ObjectIdentifier.init)
    if !(user.map { appendKnown($0, to: &output) } ?? false) {
      write(instances[index].user, to: &output)
    }
    Self.word(words.action[instances[index].action], to: &output)
    Self.slice(.commonName, instances[index].commonName, text, to: &output)
    Self.slice(.subject, instances[index].subject, text, to: &output)
    Self.moment(.start, instances[index].start, to: &output)
    Self.moment(.lastModified, instances[index].lastModified, to: &output)
    // Asked of the instance, it would be computed of a copy.
    let duration = instances[index].status.milliseconds(
      from: instances[index].start, to: instances[index].lastModified)
    Self.integer(.durationMilliseconds, duration, to: &output)
    if !appendKnown(ObjectIdentifier(instances[index].step), to: &output) {
      write(instances[index].step, to: &output)
    }
    Self.slice(.stepID, instances[index].stepID, text, to: &output)
    Self.slice(.statusMessage, instances[index].statusMessage, text, to: &output)
    Self.word(.failureClass, instances[index].failureClass?.name, to: &output)
    Self.slice(.title, instances[index].title, text, to: &output)
    Self.word(words.titleRule[instances[index].titleRule], to: &output)
    Self.flags(.dataQuality, instances[index].quality, to: &output)
  }

  private mutating func write(_ definition: Definition, to output: inout OutputSpan<Element>) {
    share(definition, to: &output) { output in
      Self.name(.workflowType, definition.workflowType, to: &output)
      Self.name(.definitionName, definition.name, to: &output)
      Self.integer(.definitionVersion, definition.version, to: &output)
      Self.name(.definitionID, definition.id, to: &output)
    }
  }

  private mutating func write(_ user: User?, to output: inout OutputSpan<Element>) {
    guard let user else {
      Self.missing(.user, to: &output)
      Self.missing(.userKind, to: &output)
      return
    }
    share(user, to: &output) { output in
      Self.name(.user, user.spelling, to: &output)
      Self.word(.userKind, user.kind.rawValue, to: &output)
    }
  }

  private mutating func write(_ step: Step, to output: inout OutputSpan<Element>) {
    share(step, to: &output) { output in
      Self.name(.stepName, step.name, to: &output)
      Self.name(.stepUniqueName, step.uniqueName, to: &output)
    }
  }

  @inline(__always)
  private static func name(
    _ column: InstanceColumn, _ name: Name?, to output: inout OutputSpan<Element>
  ) {
    if let name { Self.name(column, name, to: &output) } else { missing(column, to: &output) }
  }

  @inline(__always)
  private static func slice(
    _ column: InstanceColumn, _ slice: TextSlice?, _ text: borrowing Span<UInt8>,
    to output: inout OutputSpan<Element>
  ) {
    guard let slice else { return missing(column, to: &output) }
    Self.text(column, text.extracting(slice.range), to: &output)
  }

  @inline(__always)
  private static func word(
    _ column: InstanceColumn, _ word: String?, to output: inout OutputSpan<Element>
  ) {
    if let word { Self.word(column, word, to: &output) } else { missing(column, to: &output) }
  }

  @inline(__always)
  private static func integer(
    _ column: InstanceColumn, _ number: Int64?, to output: inout OutputSpan<Element>
  ) {
    if let number {
      Self.integer(column, number, to: &output)
    } else {
      missing(column, to: &output)
    }
  }

  @inline(__always)
  private static func moment(
    _ column: InstanceColumn, _ instant: Instant?, to output: inout OutputSpan<Element>
  ) {
    if let instant {
      Self.instant(column, instant, to: &output)
    } else {
      missing(column, to: &output)
    }
  }
}

extension Span<Instance> {
  /// The most bytes that a row takes in any format: of its text a byte can become six, and what else there is is short.
  func longestRow(at index: Int) -> Int {
    let names =
      length(self[index].statusText) + self[index].definition.length + self[index].step.length
      + (self[index].user?.length ?? 0)
    let slices =
      length(self[index].commonName) + length(self[index].subject) + length(self[index].stepID)
      + length(self[index].statusMessage) + length(self[index].title)
    return 6 * (names + slices) + 1280
  }

  private func length(_ name: Name?) -> Int { name?.bytes.count ?? 0 }

  private func length(_ slice: TextSlice?) -> Int { Int(slice?.count ?? 0) }
}

/// What a format writes for each of our own words that every row has.
struct RowWords<Cell: Sendable>: Sendable {
  let status: CaseTable<Status, Cell>
  let outcome: CaseTable<Outcome, Cell>
  let action: CaseTable<Action, Cell>
  let titleRule: CaseTable<TitleRule, Cell>

  /// Makes the cells, each from its column and its word.
  init(_ cell: (InstanceColumn, String) -> Cell) {
    status = CaseTable { cell(.status, $0.name) }
    outcome = CaseTable { cell(.outcome, $0.rawValue) }
    action = CaseTable { cell(.action, $0.rawValue) }
    titleRule = CaseTable { cell(.titleRule, $0.name) }
  }
}
