import AuditEvidence
import AuditFiles
import AuditModel
import AuditReport

/// A pack that somebody has published, in a folder or a zip archive; nothing in it is trusted.
struct PublishedPack: Sendable {
  /// Its files.
  let files: StoredPack
  /// The digest of its manifest.json.
  let manifestDigest: Digest
  /// What its manifest.json says.
  let manifest: ManifestDocument
  /// The sizes of the files that the manifest lists, in bytes, by path.
  private let sizes: [Name: Int]

  /// Its folder or its archive, without symbolic links.
  var path: String { files.place }

  /// The folder's name.
  var name: String { files.name }

  /// Opens a pack; `archive/latest` may lead to it.
  init(at path: String) throws {
    try self.init(StoredPack(at: path), namedBy: path)
  }

  /// Opens a pack whose files were found where a path leads.
  init(_ files: StoredPack, namedBy path: String) throws {
    self.files = files
    guard try files.kind(of: "manifest.json") != nil else { throw PackError.notAPack(path: path) }
    let bytes = try files.read("manifest.json", limit: FileLimit.manifest)
    manifestDigest = Digest.of(bytes)
    do {
      manifest = try JSONDocument.read(counted: ManifestDocument.self, from: bytes)
    } catch {
      throw PackError.unreadable(
        path: "\(files.place)/manifest.json", reason: error.description)
    }
    sizes = Dictionary(manifest.files.map { (Name($0.path), $0.bytes) }) { first, _ in first }
  }

  /// The bytes of a plain file of the pack.
  func read(
    _ path: String, limit: Int = FileLimit.document
  ) throws(ArchiveError) -> [UInt8] {
    try files.read(path, limit: limit)
  }

  /// Whether the manifest lists a file.
  func lists(_ path: String) -> Bool { sizes[Name(path)] != nil }

  /// The size of a file that the manifest lists, in bytes.
  func size(of path: String) -> Int? { sizes[Name(path)] }

  /// The body of a raw page, decompressed where it is compressed.
  ///
  /// - Throws: A ``PackError`` for a path that is no page's, whoever names it.
  func page(_ path: String) throws -> [UInt8] {
    try checkIsPage(path)
    return try PageFolder.body(
      at: "\(self.path)/\(path)", stored: read(path, limit: FileLimit.page))
  }

  /// Checks that a path names a page that the manifest lists.
  func checkIsPage(_ path: String) throws(PackError) {
    let name = path.parts(at: "/").last ?? ""
    guard path.isSame(as: "\(PageFolder.inPack)/\(name)"), lists(path) else {
      throw .unreadable(
        path: self.path, reason: "the page \(path) is named, which is none.")
    }
  }

  /// What is kept of the definitions.
  func definitions() throws -> [DefinitionRecord] {
    try manifest.files.map(\.path).filter { $0.begins(with: "\(DefinitionRecord.folder)/") }
      .map(definition)
  }

  /// What is kept of a version of a definition, in the file that bears its name.
  func definition(_ path: String) throws -> DefinitionRecord {
    let bytes = try read(path)
    let record: DefinitionRecord
    do throws(DefinitionError) {
      record = try DefinitionRecord(reading: bytes)
    } catch {
      throw PackError.unreadable(path: "\(self.path)/\(path)", reason: "\(error.reason).")
    }
    guard path.isSame(as: "\(DefinitionRecord.folder)/\(record.fileName)") else {
      throw PackError.unreadable(
        path: "\(self.path)/\(path)", reason: "it is about another definition than its name says.")
    }
    return record
  }

  /// A document of the pack.
  func document<Document: CountedDocument>(
    counted type: Document.Type, at path: String
  ) throws -> Document {
    let bytes = try read(path)
    do {
      return try JSONDocument.read(counted: type, from: bytes)
    } catch {
      throw PackError.unreadable(path: "\(self.path)/\(path)", reason: error.description)
    }
  }
}

extension PublishedPack {
  /// Checks that a file that the manifest lists is what was published.
  func check(_ path: String) throws {
    let listed = manifest.files.first { $0.path == path }
    if let size = try files.size(of: path), let listed, size != listed.bytes {
      throw PackError.damaged(
        pack: name, [.resized(path: path, expected: listed.bytes, found: size)])
    }
    let digest = try files.digest(path).digest
    guard let expected = (listed?.sha256).flatMap(Digest.init(hexadecimal:)), expected != digest
    else { return }
    throw PackError.damaged(
      pack: name, [.changed(path: path, expected: expected, found: digest)])
  }

  /// Checks that the evidence is what was published: what is made of any other would look as if it were.
  func checkEvidence(workers: Int) async throws {
    let files = try await FileCheck(files: files, workers: workers).run(manifest)
    let journal = try JournalCheck(pack: self, found: files.found, countsRows: false).run()
    let found = files.discrepancies.filter { discrepancy in
      discrepancy.path.begins(with: "evidence/")
        || ["manifest.json", Checksums.name].contains(discrepancy.path)
    }
    guard (found + journal.discrepancies).isEmpty else {
      throw PackError.damaged(pack: name, found + journal.discrepancies)
    }
  }

  /// The seal; a file that is missing is missing from it.
  func seal() throws -> Seal {
    let read = { (name: String, limit: Int) throws -> [UInt8]? in
      guard try files.kind(of: name) == .file else { return nil }
      return try files.read(name, limit: limit)
    }
    return Seal(
      checksums: try read(Checksums.name, FileLimit.manifest) ?? [], signer: manifest.signer,
      signature: try manifest.signer.flatMap { try read($0.kind.fileName, FileLimit.note) },
      timestamp: try manifest.timestampAuthority.flatMap { _ in
        try read(Seal.timestampFileName, FileLimit.note)
      })
  }
}

extension WindowDocument {
  /// The name of the pack of this window; `nil` where it cannot be read.
  var packName: String? {
    guard let range, let zone = CivilZone(identifier: timeZone) else { return nil }
    return Window(from: range.lowerBound, to: range.upperBound, zone: zone).name
  }
}
