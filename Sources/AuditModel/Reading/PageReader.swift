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

  /// What the first row ran under, its id as received; `nil` in a page without rows.
  public var firstDefinition: VersionedDefinition? {
    rows.first.map { row in
      let definition = definitions[row.definition]
      let id = definition.id.map { Name(bytes: Array(text[$0.range])) }
      return VersionedDefinition(id: id, version: definition.version)
    }
  }
}

/// Reads from a page what paging needs to know of its rows.
public enum PageScan {
  /// The identities of a page's rows, in the page's order.
  ///
  /// - Throws: ``PageError`` when the page is not a JSON array of rows, or a row breaks the contract.
  public static func rows(of bytes: [UInt8], page: String) throws(PageError) -> [RowIdentity] {
    try PageReader.read(bytes, page: page).identities
  }
}

/// Why a page could not be read: what was found, on which page, at which byte, in which row and field.
public struct PageError: AuditFailure, Equatable {
  /// What is wrong.
  public enum Reason: Sendable, Equatable {
    /// The bytes are not JSON, or not the JSON that was promised.
    case notTheProtocol(String)
    /// The JSON is well formed, but a row breaks the contract.
    case brokenRow(String)
  }

  /// What is wrong.
  public var reason: Reason
  /// The page: a file's name or the request.
  public var page: String
  /// The offset of the first byte that does not fit.
  public var byte: Int
  /// The line of that byte, from 1; most servers write one line.
  public var line = 1
  /// The column of that byte in its line, in bytes from 1.
  public var column = 1
  /// The row, counted from 1; `nil` outside rows.
  public var row: Int?
  /// The field within the row.
  public var field: String?

  /// Makes an error.
  public init(reason: Reason, page: String, byte: Int, row: Int? = nil, field: String? = nil) {
    self.reason = reason
    self.page = page
    self.byte = byte
    self.row = row
    self.field = field
  }

  /// What was found, the place down to byte, row and field, and what to do.
  public var message: Message {
    var place = "page \(page), byte \(byte), line:column \(line):\(column)"
    if let row { place += ", row \(row), $[\(row - 1)]\(field.map { "." + $0 } ?? "")" }
    switch reason {
    case .notTheProtocol(let what): return Message(.notAPage, what, place)
    case .brokenRow(let what): return Message(.brokenRow, what, place)
    }
  }
}

/// One response body as received, with what the request and the response say about it.
public struct RawPage: Sendable {
  /// A header worth keeping.
  public struct Header: Codable, Sendable, Hashable {
    /// Its name in lower case.
    public var name: String
    /// Its value.
    public var value: String

    /// Makes a header.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Path and query exactly as sent, or the file's name for a saved page.
  public var request: String
  /// The status code; `nil` for a saved page.
  public var status: Int?
  /// The headers that matter, by name.
  public var headers: [Header]
  /// The body, after the transport's content coding was undone.
  public var body: [UInt8]

  /// Makes a page.
  public init(request: String, status: Int?, headers: [Header], body: [UInt8]) {
    self.request = request
    self.status = status
    self.headers = headers
    self.body = body
  }
}
