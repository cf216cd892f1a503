/// Reads a page, a JSON array of workflow instances, in one pass over its bytes.
public enum PageReader {
  /// The rows of a body as received; `page` names it in errors.
  ///
  /// - Throws: ``PageError`` when the page is not a JSON array of rows, or a row breaks the contract.
  public static func read(_ bytes: [UInt8], page: String) throws(PageError) -> PageRows {
    var parser = PageParser(pageCount: bytes.count)
    do {
      try parser.parse(bytes.span)
    } catch {
      let isBroken = error.kind == .brokenRow
      var failure = PageError(
        reason: isBroken ? .brokenRow(error.message) : .notTheProtocol(error.message),
        page: page, byte: error.byte, row: parser.row, field: parser.field)
      let before = bytes.prefix(error.byte)
      let newline = UInt8(ascii: "\n")
      failure.line = 1 + before.count { $0 == newline }
      failure.column = 1 + before.reversed().prefix { $0 != newline }.count
      throw failure
    }
    return PageRows(
      text: parser.decoded.isEmpty ? bytes : bytes + parser.decoded, rows: parser.rows,
      definitions: parser.definitions.all, unknownFields: parser.unknownFields,
      hasByteOrderMark: parser.hasByteOrderMark)
  }
}
