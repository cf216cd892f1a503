import AuditFiles
package import AuditModel
import AuditRender
import AuditReport

/// Writes the history of an archive: a page, a document for machines and a table.
package struct HistoryRun: Sendable {
  private let archive: String
  private let out: String?

  /// What was written, and what deserves to be known.
  package struct Answer: Sendable {
    /// The path of the page.
    package var page: String
    /// What was found, in a sentence.
    package var summary: String
    /// What does not fit.
    package var warnings: [Message]
    /// The names in the archive that are not packs.
    package var passedOver: [String]
  }

  /// How many warnings are told one by one; the page has all.
  private static let told = 20

  /// Makes a run over an archive; `out` is the folder to write to, the archive itself unless it is given.
  package init(archive: String, out: String?) {
    self.archive = Self.withoutSlashes(archive)
    self.out = out.map(Self.withoutSlashes)
  }

  /// Reads the archive and writes the three files; those that are there are replaced.
  ///
  /// A pack that is damaged is marked and told, and is no error.
  ///
  /// - Throws: why the archive cannot be read, or the files not written.
  package func run() throws -> Answer {
    let page = try HistoryPage.builtIn()
    let history = try ArchiveHistory(of: archive)
    let document = history.document
    let place = out ?? archive
    let folder = try OutputFolder(at: place)
    let artifacts = [
      page.render(document, archive: try Self.way(from: place, to: archive)),
      Artifact(
        path: "history.json", mediaType: "application/json", bytes: try JSONFile.bytes(document)),
      HistoryCSV.file(document),
    ]
    let files = try folder.begin()
    for artifact in artifacts {
      try Task.checkCancellation()
      try files.write(artifact.bytes, to: artifact.path, mediaType: artifact.mediaType)
    }
    try folder.publish(files)
    return Answer(
      page: "\(place)/\(artifacts[0].path)", summary: document.summarySentence.plain,
      warnings: Self.warnings(of: document),
      passedOver: history.passedOver)
  }

  private static func withoutSlashes(_ path: String) -> String {
    var path = path
    while path.utf8.count > 1, path.ends(with: "/") { path.removeLast() }
    return path
  }

  private static func warnings(of history: HistoryDocument) -> [Message] {
    let all = history.packs.flatMap { pack -> [Message] in
      let name = pack.name.description
      return pack.faults.map { Message(.historyFault, name, $0) }
        + (pack.link.reason.map { [Message(.historyChainBroken, name, $0)] } ?? [])
    }
    if all.count <= told { return all }
    return all.prefix(told) + [Message(.historyMoreFaults, "\(all.count - told)")]
  }

  /// The parts of the relative path from a folder to another; `..` leads up.
  private static func way(from folder: String, to other: String) throws -> [String] {
    let from = try parts(of: folder)
    let to = try parts(of: other)
    let common = zip(from, to).prefix { $0.isSame(as: $1) }.count
    return Array(repeating: "..", count: from.count - common) + to.dropFirst(common)
  }

  /// The parts of the real path of a folder, which need not be there yet.
  private static func parts(of folder: String) throws -> [String] {
    if try StoredFile.kind(of: folder) != nil {
      return try FileSystem.realPath(of: folder).parts(at: "/")
    }
    let parent = try FileSystem.realPath(of: FileSystem.parent(of: folder)).parts(at: "/")
    return parent + [folder.parts(at: "/").last ?? ""]
  }
}
