import AuditModel
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

  /// What a row of its instances.ndjson says.
  private struct Row: Decodable {
    var referenceId: Int64
    var start: String?
  }

  /// Its folder's name.
  let name: String
  /// The server that it was read from; `nil` for saved pages.
  let server: String?
  /// When its window began and ended.
  let from: Instant
  let to: Instant
  private let path: String

  /// Reads the manifest of a pack.
  init(at path: String) throws {
    let manifest = try JSONDecoder().decode(
      Manifest.self, from: Data(StoredFile.read("\(path)/manifest.json")))
    guard let from = Instant(rfc3339: manifest.window.from),
      let to = Instant(rfc3339: manifest.window.to)
    else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: [], debugDescription: "the window of \(path) has no readable ends"))
    }
    self.path = path
    name = String(path.split(separator: "/").last ?? "")
    server = manifest.source.server
    self.from = from
    self.to = to
  }

  /// The reference ids of its instances that started in a window.
  func referenceIDs(startedIn window: Window) throws -> [Int64] {
    let decoder = JSONDecoder()
    return try StoredFile.read("\(path)/instances.ndjson").split(separator: UInt8(ascii: "\n"))
      .compactMap { line in
        let row = try decoder.decode(Row.self, from: Data(line))
        let start = row.start.flatMap { Instant(rfc3339: $0) }
        return start.map(window.contains) == true ? row.referenceId : nil
      }
  }
}
