/// The rows of one page with the text they point into.
public struct PageRows: Sendable {
  /// The page's bytes, followed by the texts that JSON wrote with escapes.
  var text: [UInt8]
  var rows: [RawRow]
  /// The definitions of the rows.
  var definitions: [RawDefinition]
  /// How many rows carry each field that this version does not know.
  var unknownFields: [Name: Int]
  /// Whether the page began with a byte order mark, which was skipped.
  public let hasByteOrderMark: Bool

  /// Who the rows are, in the page's order.
  public var identities: [RowIdentity] {
    rows.map { row in
      RowIdentity(
        referenceID: row.referenceID, id: row.id,
        start: row.start.flatMap { Instant(rfc3339: text.span.extracting($0.range)) },
        range: row.range)
    }
  }
}
