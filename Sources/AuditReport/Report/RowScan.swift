import AuditFiles
package import AuditModel
package import AuditReduce

/// Gathers from the lines of a pack's instances.ndjson what other packs are held against.
package struct RowScan {
  /// A text of a row.
  private struct Title: Decodable {
    var title: String?
  }

  /// The fields of a row that are looked at.
  package struct Row {
    /// The instance's reference id.
    package var referenceID: Int64
    /// Its status.
    package var status: Status
    /// When it started.
    package var start: Instant?
    /// The whole line, without its newline.
    package var line: ArraySlice<UInt8>

    /// Stands for what the row says, but for what depends on the as-of instant.
    package var content: Fingerprint { RowLine.fingerprint(of: line) }
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
    let fields = Fields(line)
    guard let referenceID = fields.referenceID else {
      throw PackError.unreadable(
        path: "\(path)/instances.ndjson", reason: "it holds a line that is no row of ours.")
    }
    let row = Row(
      referenceID: referenceID, status: fields.status, start: fields.start, line: line)
    versions.insert([fields.definitionID, fields.definitionVersion])
    classes.insert(fields.failureClass)
    if fields.isUnrecognised {
      if let title = try title(of: line) { titles.insert(EarlierPack.wording(of: title)) }
    }
    if let window {
      guard let start = row.start, window.contains(start) else { return row }
    }
    rows.append(.init(referenceID: referenceID, status: row.status, content: row.content))
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
  package func earlier(name: String, from: Instant, to: Instant) -> EarlierPack {
    EarlierPack(
      name: name, from: from, to: to, rows: rows.sorted { $0.referenceID < $1.referenceID },
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

  /// The fields as written.
  private struct Fields {
    private(set) var referenceID: Int64?
    private(set) var status = Status.unknown
    private(set) var definitionVersion: ArraySlice<UInt8> = []
    private(set) var definitionID: ArraySlice<UInt8> = []
    private(set) var failureClass: ArraySlice<UInt8> = []
    private(set) var isUnrecognised = false
    private(set) var start: Instant?

    init(_ line: ArraySlice<UInt8>) {
      var fields = RowLine(line)
      while let (key, value) = fields.next() {
        switch key.count {
        case 11 where key.elementsEqual("referenceId".utf8): referenceID = RowScan.number(value)
        case 6 where key.elementsEqual("status".utf8):
          status = RowScan.text(value).flatMap { Status(name: $0) } ?? .unknown
        case 17 where key.elementsEqual("definitionVersion".utf8): definitionVersion = value
        case 12 where key.elementsEqual("definitionId".utf8): definitionID = value
        case 12 where key.elementsEqual("failureClass".utf8): failureClass = value
        case 5 where key.elementsEqual("start".utf8):
          start = RowScan.text(value).flatMap { Instant(rfc3339: $0) }
        case 9 where key.elementsEqual("titleRule".utf8):
          isUnrecognised = value.elementsEqual("\"unrecognised\"".utf8)
        default: break
        }
      }
    }
  }
}
