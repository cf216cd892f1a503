package import AuditModel
import Glibc
import SafeGzip

/// A folder of saved response bodies, `*.json` and `*.json.gz`, in name order.
package struct PageFolder: Sendable {
  /// Where the pages of a pack are, within it.
  package static let inPack = "evidence/pages"
  /// The most that a compressed page may hold, in bytes.
  package static let largestPage = 512 << 20

  /// The folder as the user named it.
  package let path: String
  /// The pages' names, ordered by their bytes; never empty.
  package let names: [String]
  /// The names of all else that is there, hidden files and folders among it, which is not looked at.
  package let skipped: [String]

  /// How many skipped names a message lists, and how much of each, in code points.
  private static let listed = 10
  private static let shownLength = 100

  /// Lists a folder's pages; what is named as one and is not a plain file is refused, since skipping it would lose rows in
  /// silence.
  package init(at path: String) throws(ArchiveError) {
    let entries = try FileSystem.entries(in: path, else: Self.failure)
    self.path = path
    skipped = entries.filter { !Self.isPage($0) }.map { String(decoding: $0, as: UTF8.self) }
    names = try entries.filter(Self.isPage).map { bytes throws(ArchiveError) in
      // Read as text it would be another name, which may even be there as well.
      guard let name = String(validating: bytes, as: UTF8.self) else {
        throw .undecodableName(folder: path, name: String(decoding: bytes, as: UTF8.self))
      }
      return name
    }
    guard !names.isEmpty else {
      throw .noPages(path: path, skipped: skippedSentence.map { " \($0)" } ?? "")
    }
    for name in names {
      let page = "\(path)/\(name)"
      let kind = try FileSystem.status(of: page)?.kind
      guard kind == .file else { throw .notAFile(path: page) }
    }
  }

  /// Whether a name is a page's.
  static func isPage(_ name: [UInt8]) -> Bool {
    name.first != UInt8(ascii: ".")
      && [".json", ".json.gz"].contains { name.suffix($0.utf8.count).elementsEqual($0.utf8) }
  }

  /// What is there besides pages; `nil` where there is nothing: a page by another name would be missed in silence.
  package var skippedSentence: String? {
    if skipped.isEmpty { return nil }
    let names = skipped.prefix(Self.listed).map {
      TerminalText.sanitized($0, limit: Self.shownLength)
    }
    let rest = skipped.count - names.count
    return
      "\(DisplayFormat.count(skipped.count)) \(skipped.count == 1 ? "name" : "names") in the folder of pages "
      + "\(skipped.count == 1 ? "was" : "were") skipped: \(names.joined(separator: ", "))"
      + (rest > 0 ? " and \(DisplayFormat.count(rest)) more" : "")
      + ". Only files called *.json or *.json.gz, in lower case and not hidden, are read as pages."
  }

  private static func failure(_ path: String, _ fault: SystemError) -> ArchiveError {
    switch fault.number {
    case ENOENT: .missing(path: path)
    case ENOTDIR: .pagesNotAFolder(path: path)
    default: .cannotRead(path: path, fault: fault)
    }
  }

  /// The path of a page.
  package func path(of name: String) -> String { "\(path)/\(name)" }

  /// The body of a page whose file has been read already, decompressed when its name ends in `.gz`.
  package static func body(at path: String, stored: [UInt8]) throws(ArchiveError) -> [UInt8] {
    guard path.ends(with: ".gz") else { return stored }
    do {
      var decompressor = try GzipDecompressor()
      return try decompressor.decompress(stored, limit: largestPage)
    } catch {
      throw .cannotDecompress(path: path, error: error)
    }
  }
}

/// The pages of a read, kept somewhere from where they can be read again, in order.
///
/// ```swift
/// struct PagesInMemory: StoredPages {
///   let bodies: [[UInt8]]
///   var count: Int { bodies.count }
///
///   func name(at index: Int) -> String { "page \(index + 1)" }
///
///   func body(at index: Int) -> [UInt8] { bodies[index] }
/// }
/// let pages = PagesInMemory(bodies: [Array("[]".utf8)])
/// let rows = try pages.rows(at: 0)
/// ```
package protocol StoredPages: Sendable {
  /// How many.
  var count: Int { get }

  /// The name of a page for errors and for the journal.
  func name(at index: Int) -> String

  /// The body of a page, as received; no two ask for one page at the same time.
  func body(at index: Int) throws -> [UInt8]
}

extension StoredPages {
  /// The rows of a page.
  package func rows(at index: Int) throws -> PageRows {
    try PageReader.read(body(at: index), page: name(at: index))
  }
}
