import AuditModel

/// How a format writes the values of an instance; each is given its place in the order of ``InstanceColumn``.
protocol RowFormat {
  /// What rows are made of in this format.
  associatedtype Element

  static func missing(_ column: Int, to output: inout OutputSpan<Element>)
  /// Text from the server that recurs.
  static func name(_ column: Int, _ name: Name, to output: inout OutputSpan<Element>)
  /// Any other text from the server.
  static func text(
    _ column: Int, _ text: borrowing Span<UInt8>, to output: inout OutputSpan<Element>)
  /// One of our own words.
  static func word(_ column: Int, _ word: String, to output: inout OutputSpan<Element>)
  static func integer(_ column: Int, _ number: Int64, to output: inout OutputSpan<Element>)
  static func id(_ column: Int, _ id: InstanceID, to output: inout OutputSpan<Element>)
  static func instant(_ column: Int, _ instant: Instant, to output: inout OutputSpan<Element>)
  static func flags(_ column: Int, _ flags: DataQuality, to output: inout OutputSpan<Element>)
}

extension RowFormat {
  /// Writes the columns of an instance, for which there must be room; the text is that of the instance's batch.
  @inline(__always)
  static func write(
    _ instance: borrowing Instance, _ text: borrowing Span<UInt8>,
    to output: inout OutputSpan<Element>
  ) {
    integer(0, instance.referenceID, to: &output)
    id(1, instance.id, to: &output)
    if instance.status == .unknown {
      name(2, instance.statusText, to: &output)
    } else {
      word(2, instance.status.name, to: &output)
    }
    word(3, instance.outcome.rawValue, to: &output)
    let definition = instance.definition
    name(4, definition.workflowType, to: &output)
    name(5, definition.name, to: &output)
    integer(6, definition.version, to: &output)
    name(7, definition.id, to: &output)
    name(8, instance.user?.spelling, to: &output)
    word(9, instance.user?.kind.rawValue, to: &output)
    word(10, instance.action.rawValue, to: &output)
    slice(11, instance.commonName, text, to: &output)
    slice(12, instance.subject, text, to: &output)
    moment(13, instance.start, to: &output)
    moment(14, instance.lastModified, to: &output)
    integer(15, instance.durationMilliseconds, to: &output)
    let step = instance.step
    name(16, step.name, to: &output)
    name(17, step.uniqueName, to: &output)
    slice(18, instance.stepID, text, to: &output)
    slice(19, instance.statusMessage, text, to: &output)
    word(20, instance.failureClass?.name, to: &output)
    slice(21, instance.title, text, to: &output)
    word(22, instance.titleRule.rawValue, to: &output)
    flags(23, instance.quality, to: &output)
  }

  @inline(__always)
  private static func name(_ column: Int, _ name: Name?, to output: inout OutputSpan<Element>) {
    if let name { Self.name(column, name, to: &output) } else { missing(column, to: &output) }
  }

  @inline(__always)
  private static func slice(
    _ column: Int, _ slice: TextSlice?, _ text: borrowing Span<UInt8>,
    to output: inout OutputSpan<Element>
  ) {
    guard let slice else { return missing(column, to: &output) }
    Self.text(column, text.extracting(slice.range), to: &output)
  }

  @inline(__always)
  private static func word(_ column: Int, _ word: String?, to output: inout OutputSpan<Element>) {
    if let word { Self.word(column, word, to: &output) } else { missing(column, to: &output) }
  }

  @inline(__always)
  private static func integer(
    _ column: Int, _ number: Int64?, to output: inout OutputSpan<Element>
  ) {
    if let number {
      Self.integer(column, number, to: &output)
    } else {
      missing(column, to: &output)
    }
  }

  @inline(__always)
  private static func moment(
    _ column: Int, _ instant: Instant?, to output: inout OutputSpan<Element>
  ) {
    if let instant {
      Self.instant(column, instant, to: &output)
    } else {
      missing(column, to: &output)
    }
  }
}

extension Instance {
  /// The most bytes that its row takes in any format: of its text a byte can become six, and what else there is is short.
  var longestRow: Int {
    let names =
      length(statusText) + length(definition.id) + length(definition.name)
      + length(definition.workflowType) + length(user?.spelling) + length(step.name)
      + length(step.uniqueName)
    let slices =
      length(commonName) + length(subject) + length(stepID) + length(statusMessage)
      + length(title)
    return 6 * (names + slices) + 1280
  }

  private func length(_ name: Name?) -> Int { name?.bytes.count ?? 0 }

  private func length(_ slice: TextSlice?) -> Int { Int(slice?.count ?? 0) }
}
