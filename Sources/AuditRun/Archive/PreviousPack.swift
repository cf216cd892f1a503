import AuditEvidence
import AuditModel
import AuditReduce
import FoundationEssentials

/// An earlier pack, as far as a later run looks at it.
struct PreviousPack: Sendable {
  /// What its manifest says.
  struct Manifest: Decodable, Sendable {
    struct Window: Decodable, Sendable {
      var from: String
      var to: String
    }

    struct Source: Decodable, Sendable {
      var server: String?
    }

    var window: Window
    var source: Source
  }

  /// A text of one of its rows.
  private struct Title: Decodable {
    var title: String?
  }

  /// Its folder's name.
  let name: String
  /// The server that it was read from; `nil` for saved pages.
  let server: String?
  /// When its window began and ended.
  let from: Instant
  let to: Instant
  /// The digest of its manifest.
  let manifestDigest: Digest
  private let path: String

  /// Reads the manifest of a pack.
  init(at path: String) throws {
    let bytes = try StoredFile.read("\(path)/manifest.json")
    let manifest = try JSONDecoder().decode(Manifest.self, from: Data(bytes))
    guard let from = Instant(rfc3339: manifest.window.from),
      let to = Instant(rfc3339: manifest.window.to)
    else {
      throw PackError.unreadable(
        path: "\(path)/manifest.json", reason: "its window has no ends that can be read.")
    }
    self.path = try FileSystem.realPath(of: path)
    name = String(self.path.split(separator: "/").last ?? "")
    server = manifest.source.server
    self.from = from
    self.to = to
    manifestDigest = Digest.of(bytes)
  }

  /// What a population that started in a window is held against; without a window, all of it.
  func rows(startedIn window: Window?) throws -> EarlierPack {
    var rows: [EarlierPack.Row] = []
    var versions = Set<[ArraySlice<UInt8>]>()
    var titles = Set<String>()
    let file = try StoredFile.open("\(path)/instances.ndjson")
    try file.readLines { line in
      let fields = Fields(line)
      guard let referenceID = fields.referenceID else {
        throw PackError.unreadable(
          path: "\(path)/instances.ndjson", reason: "a line has no reference id.")
      }
      versions.insert([fields.definitionID, fields.definitionVersion])
      if fields.isUnrecognised {
        let title = try JSONDecoder().decode(Title.self, from: Data(line)).title
        if let title { titles.insert(EarlierPack.wording(of: title)) }
      }
      guard fields.started(in: window) else { return }
      rows.append(
        .init(
          referenceID: referenceID, status: fields.status,
          content: RowLine.fingerprint(of: line)))
    }
    return EarlierPack(
      name: name, rows: rows.sorted { $0.referenceID < $1.referenceID },
      versions: Set(versions.map { .init(id: Self.text($0[0]), version: Self.number($0[1])) }),
      unrecognisedTitles: titles)
  }

  fileprivate static func text(_ value: ArraySlice<UInt8>) -> String? {
    value.first == UInt8(ascii: "\"")
      ? String(decoding: value.dropFirst().dropLast(), as: UTF8.self) : nil
  }

  fileprivate static func number(_ value: ArraySlice<UInt8>) -> Int64? {
    Int64(String(decoding: value, as: UTF8.self))
  }

  /// The fields of a row that are looked at, as written.
  private struct Fields {
    private(set) var referenceID: Int64?
    private(set) var status = Status.unknown
    private(set) var definitionVersion: ArraySlice<UInt8> = []
    private(set) var definitionID: ArraySlice<UInt8> = []
    private(set) var isUnrecognised = false
    private var start: Instant?

    init(_ line: ArraySlice<UInt8>) {
      var fields = RowLine(line)
      while let (key, value) = fields.next() {
        switch key.count {
        case 11 where key.elementsEqual("referenceId".utf8):
          referenceID = PreviousPack.number(value)
        case 6 where key.elementsEqual("status".utf8):
          status = PreviousPack.text(value).flatMap { Status(name: $0) } ?? .unknown
        case 17 where key.elementsEqual("definitionVersion".utf8): definitionVersion = value
        case 12 where key.elementsEqual("definitionId".utf8): definitionID = value
        case 5 where key.elementsEqual("start".utf8):
          start = PreviousPack.text(value).flatMap { Instant(rfc3339: $0) }
        case 9 where key.elementsEqual("titleRule".utf8):
          isUnrecognised = value.elementsEqual("\"unrecognised\"".utf8)
        default: break
        }
      }
    }

    func started(in window: Window?) -> Bool {
      guard let window else { return true }
      return start.map(window.contains) ?? false
    }
  }
}
