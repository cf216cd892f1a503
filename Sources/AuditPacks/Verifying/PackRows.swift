import AuditEvidence
import AuditFiles
import AuditModel
import AuditPlan
import AuditReport

/// The rows of a pack, as lines of instances.ndjson; where the pack holds none, they are computed from its raw pages.
struct PackRows {
  private static let path = "instances.ndjson"

  private let files: StoredPack
  /// Keeps computed rows for as long as they are needed.
  private let computed: PackBuilder?

  /// Finds or computes the rows, and checks them against the manifest.
  init(of pack: PublishedPack, workers: Int) async throws {
    if pack.lists(Self.path) {
      try pack.check(Self.path)
      files = pack.files
      computed = nil
      return
    }
    try await pack.checkEvidence(workers: workers)
    let files = PackBuilder(in: try .scratchFolder())
    let work = try Reperformance(of: pack, workers: workers) { $0.format = "ndjson" }
    _ = try await work.perform(into: files)
    self.files = .folder(files.folder)
    computed = files
  }

  /// Calls with each line, without its newline.
  func readLines(_ body: (ArraySlice<UInt8>) throws -> Void) throws {
    try files.readLines(Self.path) { line in
      try Task.checkCancellation()
      try body(line)
    }
  }
}

/// A row of a pack: its values as instances.ndjson has them.
struct PackRow {
  private var values: [[UInt8]: ArraySlice<UInt8>] = [:]

  init(_ line: ArraySlice<UInt8>) {
    var fields = RowLine(line)
    while let (key, value) = fields.next() { values[Array(key)] = value }
  }

  /// The integer id.
  var referenceID: Int64 {
    Int64(String(decoding: raw(.referenceID), as: UTF8.self)) ?? 0
  }

  /// A value as written: JSON.
  func raw(_ column: InstanceColumn) -> [UInt8] {
    Array(values[Array(column.camelCaseName.utf8)] ?? [])
  }

  /// A value as text; empty for null.
  func text(_ column: InstanceColumn) -> String { Self.text(raw(column)) }

  /// Whether a name is its status or its outcome.
  func has(_ name: String) -> Bool {
    [.status, .outcome].contains { raw($0).elementsEqual("\"\(name)\"".utf8) }
  }

  /// A written value as text; empty for null.
  static func text(_ raw: [UInt8]) -> String {
    guard raw.first == UInt8(ascii: "\"") else {
      return raw.elementsEqual("null".utf8) ? "" : String(decoding: raw, as: UTF8.self)
    }
    do {
      return try JSONDocument.read(String.self, from: raw)
    } catch {
      return String(decoding: raw, as: UTF8.self)
    }
  }
}

/// The raw pages of a pack, or some of them.
struct PackPages: StoredPages {
  private let pack: PublishedPack
  private let paths: [String]

  /// Finds pages by their paths within the pack; without paths it is all of them, by name.
  init(_ pack: PublishedPack, _ paths: [String]?) throws {
    self.pack = pack
    guard let paths else {
      self.paths = try pack.files.pageNames().map { "\(PageFolder.inPack)/\($0)" }
      return
    }
    for path in paths { try pack.checkIsPage(path) }
    self.paths = paths
  }

  var count: Int { paths.count }

  func name(at index: Int) -> String { String(paths[index].dropFirst(PageFolder.inPack.count + 1)) }

  func body(at index: Int) throws -> [UInt8] { try pack.page(paths[index]) }
}
