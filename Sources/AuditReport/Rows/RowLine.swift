import AuditFiles
package import AuditModel
package import AuditReduce

/// A line of instances.ndjson, which this program has written: its keys come in a known order and none is nested.
package struct RowLine {
  private let line: ArraySlice<UInt8>
  private var position: Int

  private static let lastKey = Array(",\"dataQuality\":".utf8)

  /// Reads a line, without its newline.
  package init(_ line: ArraySlice<UInt8>) {
    self.line = line
    position = line.startIndex + 1
  }

  /// Whether bytes have the form of a line: the columns in their order, in braces.
  package static func isLine(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}") else { return false }
    var fields = RowLine(bytes)
    return InstanceColumn.allCases.allSatisfy { column in
      fields.next()?.key.elementsEqual(column.camelCaseName.utf8) ?? false
    }
  }

  /// Stands for everything that a line says, but for what depends on the as-of instant.
  package static func fingerprint(of line: ArraySlice<UInt8>) -> Fingerprint {
    Fingerprint(of: Array(content(of: line)))
  }

  /// The part of a line that does not depend on the as-of instant: all before the data-quality flags, which come last.
  private static func content(of line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var start = line.endIndex - lastKey.count
    while start > line.startIndex {
      if line[start..<start + lastKey.count].elementsEqual(lastKey) { return line[..<start] }
      start -= 1
    }
    return line
  }

  /// The next key and its value as written; `nil` at the end and where the line is no such line.
  package mutating func next() -> (key: ArraySlice<UInt8>, value: ArraySlice<UInt8>)? {
    guard let key = string(), position < line.endIndex, line[position] == UInt8(ascii: ":") else {
      return nil
    }
    position += 1
    guard position < line.endIndex else { return nil }
    let start = position
    if line[position] == UInt8(ascii: "\"") {
      guard string() != nil else { return nil }
    } else {
      while position < line.endIndex, line[position] != UInt8(ascii: ","),
        line[position] != UInt8(ascii: "}")
      { position += 1 }
    }
    let value = line[start..<position]
    position += 1
    return (key, value)
  }

  /// What is between two quotes here, as written.
  private mutating func string() -> ArraySlice<UInt8>? {
    guard position < line.endIndex, line[position] == UInt8(ascii: "\"") else { return nil }
    let start = position + 1
    position = start
    while position < line.endIndex, line[position] != UInt8(ascii: "\"") {
      position += line[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard position < line.endIndex else { return nil }
    position += 1
    return line[start..<position - 1]
  }
}

/// Gathers from the lines of a pack's instances.ndjson what other packs are held against.
package struct RowScan {
  /// A text of a row.
  private struct Title: Decodable {
    var title: String?
  }

  /// A row, as far as it is looked at.
  package struct Row {
    /// The instance's reference id.
    package let referenceID: Int64
    /// Its status.
    package private(set) var status = Status.unknown
    /// When it started.
    package private(set) var start: Instant?
    /// Id and version of its definition, as written.
    fileprivate var definition: [ArraySlice<UInt8>] = [[], []]
    fileprivate var failureClass: ArraySlice<UInt8> = []
    fileprivate var isUnrecognised = false
    private let line: ArraySlice<UInt8>

    /// Stands for what the row says, but for what depends on the as-of instant.
    package var content: Fingerprint { RowLine.fingerprint(of: line) }

    fileprivate init?(_ line: ArraySlice<UInt8>) {
      self.line = line
      var id: Int64?
      var fields = RowLine(line)
      while let (key, value) = fields.next() {
        switch key.count {
        case 11 where key.elementsEqual("referenceId".utf8): id = RowScan.number(value)
        case 6 where key.elementsEqual("status".utf8):
          status = RowScan.text(value).flatMap { Status(name: $0) } ?? .unknown
        case 17 where key.elementsEqual("definitionVersion".utf8): definition[1] = value
        case 12 where key.elementsEqual("definitionId".utf8): definition[0] = value
        case 12 where key.elementsEqual("failureClass".utf8): failureClass = value
        case 5 where key.elementsEqual("start".utf8):
          start = RowScan.text(value).flatMap { Instant(rfc3339: $0) }
        case 9 where key.elementsEqual("titleRule".utf8):
          isUnrecognised = value.elementsEqual("\"unrecognised\"".utf8)
        default: break
        }
      }
      guard let id else { return nil }
      referenceID = id
    }
  }

  private let path: String
  private let window: Range<Instant>?
  private var rows: [EarlierPack.Row] = []
  private var versions = Set<[ArraySlice<UInt8>]>()
  private var titles = Set<Name>()
  private var classes = Set<ArraySlice<UInt8>>()

  /// Starts without lines.
  ///
  /// - Parameters:
  ///   - path: The pack, for messages.
  ///   - window: Only rows that started then are kept; an empty one keeps none, `nil` all.
  package init(of path: String, startedIn window: Range<Instant>?) {
    self.path = path
    self.window = window
  }

  /// Looks at a line, without its newline.
  @discardableResult
  package mutating func add(_ line: ArraySlice<UInt8>) throws -> Row {
    guard let row = Row(line) else {
      throw PackError.unreadable(
        path: "\(path)/instances.ndjson", reason: "it holds a line that is no row of ours.")
    }
    versions.insert(row.definition)
    classes.insert(row.failureClass)
    if row.isUnrecognised, let title = try title(of: line) {
      titles.insert(EarlierPack.wording(of: title))
    }
    if let window {
      guard let start = row.start, window.contains(start) else { return row }
    }
    rows.append(.init(referenceID: row.referenceID, status: row.status, content: row.content))
    return row
  }

  private func title(of line: ArraySlice<UInt8>) throws(PackError) -> String? {
    do {
      return try JSONDocument.read(Title.self, from: Array(line)).title
    } catch {
      throw .unreadable(path: "\(path)/instances.ndjson", reason: error.description)
    }
  }

  /// All that was found, as an earlier pack.
  package func earlier(name: String, in window: Range<Instant>) -> EarlierPack {
    EarlierPack(
      name: name, from: window.lowerBound, to: window.upperBound,
      rows: rows.sorted { $0.referenceID < $1.referenceID },
      versions: Set(
        versions.map { .init(id: Self.text($0[0]).map { Name($0) }, version: Self.number($0[1])) }),
      unrecognisedTitles: titles,
      failureClasses: Set(classes.compactMap { Self.text($0).map { Name($0) } }))
  }

  private static func text(_ value: ArraySlice<UInt8>) -> String? {
    value.first == UInt8(ascii: "\"")
      ? String(decoding: value.dropFirst().dropLast(), as: UTF8.self) : nil
  }

  private static func number(_ value: ArraySlice<UInt8>) -> Int64? {
    Int64(String(decoding: value, as: UTF8.self))
  }
}
