import AuditFiles
import AuditModel

/// How large a bundle is, and of what.
struct BundleSize {
  /// The size that many registers and mail servers accept, in bytes.
  static let usual = 10_000_000

  let bytes: Int
  /// What its parts take, in bytes, the largest first: a folder counts as one.
  let parts: [(name: String, bytes: Int)]

  /// Makes one from its parts.
  init(bytes: Int, parts: [(name: String, bytes: Int)]) {
    self.bytes = bytes
    self.parts = parts
  }

  /// Looks at a bundle.
  init(of file: BundleFile) throws {
    bytes = file.bytes
    var sizes: [Name: Int] = [:]
    for (path, size) in try file.files.storedSizes() {
      let folders = path.string.parts(at: "/").dropLast()
      let part = folders.isEmpty ? path.string : folders.joined(separator: "/") + "/"
      sizes[Name(part), default: 0] += size
    }
    parts = sizes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { ($0.key.string, $0.value) }
  }

  /// A size in bytes, in thousands or in tenths of millions of them, rounded up: `159 KB`, `5.1 MB`.
  static func shown(_ bytes: Int) -> String {
    switch bytes {
    case ..<1000: DisplayFormat.count(bytes, "byte")
    case ..<999_001: "\((bytes + 999) / 1000) KB"
    default: "\((bytes + 99_999) / 1_000_000).\((bytes + 99_999) / 100_000 % 10) MB"
    }
  }

  /// A sentence.
  func notice(for place: String) -> String {
    let size = "\(place) has \(Self.shown(bytes))"
    guard bytes > Self.usual else { return "\(size)." }
    let largest = parts.prefix(3).map { "\($0.name) \(Self.shown($0.bytes))" }
    return "\(size), which some systems do not accept as an attachment. Its largest parts: "
      + "\(largest.joined(separator: ", "))."
  }
}
