package import AuditEvidence
package import AuditFiles
package import AuditModel
package import AuditReduce

/// An earlier pack, as far as a later run looks at it.
package struct PreviousPack: Sendable {
  /// What a manifest of any version has.
  private struct Manifest: Decodable {
    struct Source: Decodable {
      var server: String?
    }

    var window: WindowDocument
    var source: Source
  }

  /// Its folder's name.
  package var name: String { files.name }
  /// The server that it was read from; `nil` for saved pages.
  package let server: String?
  /// When its window begins.
  package let from: Instant
  /// When its window ends.
  package let to: Instant
  /// The digest of its manifest.
  package let manifestDigest: Digest
  private let files: StoredPack

  /// Reads the manifest of a pack.
  package init(at path: String) throws {
    files = try StoredPack(at: path)
    let bytes = try files.read("manifest.json", limit: FileLimit.manifest)
    let manifest: Manifest
    do {
      manifest = try JSONDocument.read(Manifest.self, from: bytes)
    } catch {
      throw PackError.unreadable(path: "\(path)/manifest.json", reason: error.description)
    }
    guard let window = manifest.window.range else {
      throw PackError.unreadable(
        path: "\(path)/manifest.json", reason: "its window has no ends that can be read.")
    }
    server = manifest.source.server
    (from, to) = (window.lowerBound, window.upperBound)
    manifestDigest = Digest.of(bytes)
  }

  /// What a population that started in a window is held against; without a window, all of it.
  package func rows(startedIn window: Window?) throws -> EarlierPack {
    var scan = RowScan(of: files.place, startedIn: window.map { $0.from..<$0.to })
    try files.readLines("instances.ndjson") { try scan.add($0) }
    return scan.earlier(name: name, in: from..<to)
  }

  /// What its report says; `nil` where it has no report.json.
  package func figures() throws -> [ReportedFigure]? {
    do {
      return try files.report()["metrics"].map(ReportFacts.figures)
    } catch let error as ArchiveError where !error.isUnreadable {
      return nil
    }
  }
}

extension StoredPack {
  /// Where the report for machines is.
  package static let reportPath = "report.json"

  /// report.json, whatever its shape.
  package func report() throws -> JSONValue {
    let bytes = try read(Self.reportPath, limit: FileLimit.document)
    do {
      return try JSONDocument.read(JSONValue.self, from: bytes)
    } catch {
      throw PackError.unreadable(path: "\(place)/\(Self.reportPath)", reason: error.description)
    }
  }
}

extension WindowDocument {
  /// The instants in it; `nil` where an end is not readable, or they are not in order.
  package var range: Range<Instant>? {
    guard let from = Instant(rfc3339: from), let to = Instant(rfc3339: to), from <= to else {
      return nil
    }
    return from..<to
  }
}
