import AuditEvidence
import AuditFiles
import AuditModel

/// Puts a pack into one file: a zip archive, to be attached to a ticket or kept in an evidence register.
package struct BundleRun: Sendable {
  private let pack: String
  private let out: String?
  private let workers: Int

  /// Makes a run.
  ///
  /// - Parameters:
  ///   - pack: The pack, a folder or an archive.
  ///   - out: The file; `nil` for one in the working folder that is named after the pack.
  ///   - workers: How many processors it may use.
  package init(pack: String, out: String?, workers: Int) {
    (self.pack, self.out, self.workers) = (pack, out, workers)
  }

  /// What was made.
  package struct Bundle: Sendable, Equatable {
    /// The file.
    package var path: String
    /// Its size, in bytes.
    package var bytes: Int
    /// A sentence about its size, and what has the largest part in it where it is large.
    package var notice: String
  }

  /// Whether the file is there and holds this very pack, by its manifest.
  ///
  /// - Throws: why either cannot be read; a file that is no pack is none.
  package func isMade() throws -> Bool {
    guard let out, try StoredFile.kind(of: out) != nil else { return false }
    let pack = try PublishedPack(at: pack)
    do {
      return try PublishedPack(at: out).manifestDigest == pack.manifestDigest
    } catch let error as any AuditFailure where !error.isOfMachine {
      return false
    }
  }

  /// Makes the file, which is there only when it is complete and its files are those that SHA256SUMS lists.
  ///
  /// What is looked at is what is handed over: the archive, after it was written.
  ///
  /// - Throws: A `PackError` for what is no pack, or not what was published; then nothing is made.
  package func run() async throws -> Bundle {
    let pack = try PublishedPack(at: pack)
    guard let window = pack.manifest.window.packName else {
      throw PackError.unreadable(
        path: "\(pack.path)/manifest.json", reason: "its window has no readable ends.")
    }
    let others = try pack.files.inventory().others
    guard others.isEmpty else {
      throw PackError.damaged(pack: pack.name, others.map(Discrepancy.notPlain))
    }
    let place = out ?? BundleName(pack.manifest, window: window).description
    let file = try BundleFile(of: pack.files, below: window, for: place)
    defer { file.discard() }
    let found = try await FileCheck(files: file.files, workers: workers).run(pack.manifest)
    guard found.discrepancies.isEmpty else {
      throw PackError.damaged(pack: pack.name, found.discrepancies)
    }
    let size = try BundleSize(of: file)
    try file.publish()
    return Bundle(path: place, bytes: file.bytes, notice: size.notice(for: place))
  }
}

/// The name of a bundle: who was asked, which period, and as of which day.
struct BundleName: CustomStringConvertible {
  /// `kfaudit_<host>_<window>_<as-of date>.zip`.
  let description: String

  /// Names the bundle of a pack whose window has a name.
  init(_ manifest: ManifestDocument, window: String) {
    let day = String(decoding: manifest.asOf.utf8.prefix(10), as: UTF8.self)
    description =
      [
        "kfaudit", Self.host(of: manifest.source.server), window, Self.usable(day),
      ].joined(separator: "_") + ".zip"
  }

  /// The host of a server's address; of saved pages, which do not say whose they are, that they are some.
  private static func host(of server: String?) -> String {
    guard let server else { return "saved-pages" }
    // The scheme ends with a colon; `//` has nothing between its slashes, which is no part.
    let authority = server.parts(at: "/").first { !$0.isEmpty && !$0.ends(with: ":") } ?? ""
    let isBracketed = authority.utf8.first == UInt8(ascii: "[")
    let host = authority.parts(at: isBracketed ? "]" : ":").first ?? ""
    let usable = usable(host)
    return usable.isEmpty ? "server" : usable
  }

  /// A text with a hyphen for whatever is neither a letter or digit of ASCII, nor a dot or hyphen; none at its ends.
  private static func usable(_ text: String) -> String {
    let isKept = { (scalar: Unicode.Scalar) in
      scalar == "-" || scalar == "." || UInt8(exactly: scalar.value)?.isASCIIAlphanumeric == true
    }
    let scalars = text.unicodeScalars.map { isKept($0) ? $0 : "-" }
    let isEdge = { (scalar: Unicode.Scalar) in scalar == "-" || scalar == "." }
    let start = scalars.drop(while: isEdge)
    let end = start.reversed().drop(while: isEdge).reversed()
    return String(String.UnicodeScalarView(end.prefix(253)))
  }
}

/// How large a bundle is, and of what.
struct BundleSize {
  /// The size that many registers and mail servers accept, in bytes.
  static let usual = 10_000_000

  let bytes: Int
  /// What its parts take, in bytes, the largest first: a folder counts as one.
  let parts: [(name: String, bytes: Int)]

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

extension BundleSize {
  /// Looks at a bundle.
  init(of file: BundleFile) throws {
    var sizes: [Name: Int] = [:]
    for (path, size) in try file.files.storedSizes() {
      let folders = path.string.parts(at: "/").dropLast()
      let part = folders.isEmpty ? path.string : folders.joined(separator: "/") + "/"
      sizes[Name(part), default: 0] += size
    }
    let parts = sizes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    self.init(bytes: file.bytes, parts: parts.map { ($0.key.string, $0.value) })
  }
}
