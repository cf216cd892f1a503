import AuditEvidence
import AuditFiles
import AuditModel
import AuditReport

/// Reads what a history shows of a pack: manifest.json, SHA256SUMS and report.json, and no other file.
struct ArchivedPack {
  /// The pack, before its place in the chain is known.
  private(set) var pack: HistoryPack
  /// The pack as a link of the chain; `nil` where its manifest cannot be understood.
  private(set) var link: ChainLink?

  private static let manifest = "manifest.json"

  /// Reads a pack; whatever is wrong with it is said of it.
  init(_ name: PackName, in archive: String, zones: inout ZoneNames) {
    let folder = "\(archive)/\(name)"
    pack = HistoryPack(name: name, window: zones.window(of: name), files: .unfinished)
    if name.edition == .incomplete { return }
    do throws(ArchiveError) {
      try read(folder, zones: &zones)
    } catch {
      pack.files = Self.files(error, in: folder)
    }
  }

  /// What is said of a pack with a file that cannot be read.
  private static func files(_ error: ArchiveError, in folder: String) -> HistoryPack.Files {
    guard case .missing(let path) = error else { return .unreadable(error.description) }
    let file = String(path.dropFirst(folder.count + 1))
    return .damaged([Discrepancy.missing(path: file).description])
  }

  private mutating func read(_ folder: String, zones: inout ZoneNames) throws(ArchiveError) {
    let sums = try StoredFile.read("\(folder)/\(Checksums.name)", limit: FileLimit.manifest)
    let listed = Checksums.reading(sums).digests
    let bytes = try StoredFile.read("\(folder)/\(Self.manifest)", limit: FileLimit.manifest)
    var faults: [Discrepancy] = []
    if let fault = Self.fault(of: bytes, Self.manifest, listed) { faults.append(fault) }
    let document: ManifestDocument
    do {
      document = try JSONDocument.read(counted: ManifestDocument.self, from: bytes)
      link = try ChainLink(name: pack.name.description, manifest: bytes)
    } catch {
      faults.append(.malformed(path: Self.manifest, reason: error.description))
      pack.files = .damaged(faults.map(\.description))
      return
    }
    pack.hasPage = listed[Name("report.html")] != nil
    if let window = zones.window(document.window), window.name.isSame(as: pack.name.window) {
      pack.window = window
    } else {
      faults.append(
        .chain(
          pack: pack.name.description, reason: "its manifest.json is that of another period."))
    }
    if let head = HistoryPack.Head(document) {
      if faults.isEmpty { pack.head = head }
    } else {
      faults.append(.malformed(path: Self.manifest, reason: "its status date is not an instant."))
    }
    if listed[Name(StoredPack.reportPath)] != nil {
      try readReport(folder, listed, &faults)
    }
    pack.files = faults.isEmpty ? .fit : .damaged(faults.map(\.description))
  }

  /// Reads the report; what does not fit the digest that is listed is not used.
  private mutating func readReport(
    _ folder: String, _ listed: [Name: Digest], _ faults: inout [Discrepancy]
  ) throws(ArchiveError) {
    let path = StoredPack.reportPath
    let bytes: [UInt8]
    do throws(ArchiveError) {
      bytes = try StoredFile.read("\(folder)/\(path)", limit: FileLimit.document)
    } catch {
      guard case .missing = error else { throw error }
      faults.append(.missing(path: path))
      return
    }
    if let fault = Self.fault(of: bytes, path, listed) {
      faults.append(fault)
      return
    }
    do {
      let report = try JSONDocument.read(
        counted: HistoryReport.self, from: bytes, only: HistoryReport.selection)
      if faults.isEmpty { pack.report = report.shown }
    } catch {
      faults.append(.malformed(path: path, reason: error.description))
    }
  }

  private static func fault(
    of bytes: [UInt8], _ path: String, _ listed: [Name: Digest]
  ) -> Discrepancy? {
    guard let expected = listed[Name(path)] else { return .unlisted(path: path) }
    let found = Digest.of(bytes)
    return found == expected ? nil : .changed(path: path, expected: expected, found: found)
  }
}

extension HistoryPack.Head {
  /// What a manifest contains; `nil` where its status date is none.
  fileprivate init?(_ manifest: ManifestDocument) {
    guard let asOf = Instant(rfc3339: manifest.asOf) else { return nil }
    self.init(
      asOf: asOf, toolVersion: manifest.toolVersion, source: manifest.source.kind,
      server: manifest.source.server,
      account: manifest.source.principal, verdict: manifest.completeness.verdict,
      instances: manifest.counts.instances)
  }
}

/// The zones of packs, each looked up once: there are few, and a look-up costs as much as reading a pack.
struct ZoneNames {
  private var zones: [Name: CivilZone?] = [:]

  /// The zone of this name.
  private mutating func zone(_ identifier: String) -> CivilZone? {
    let name = Name(identifier)
    if let known = zones[name] { return known }
    let zone = CivilZone(identifier: identifier)
    zones[name] = .some(zone)
    return zone
  }

  /// A window of a document; `nil` where it cannot be understood.
  mutating func window(_ document: WindowDocument) -> Window? {
    guard let range = document.range, let zone = zone(document.timeZone) else { return nil }
    return Window(from: range.lowerBound, to: range.upperBound, zone: zone)
  }

  /// The window that a name says, where nothing else says it.
  ///
  /// A name has hyphens for the slashes of its zone; where no zone is found so, its days are taken for those of UTC.
  mutating func window(of name: PackName) -> Window {
    let parts = name.window.parts(at: "_", maxSplits: 2)
    let spelled = parts.count > 2 ? parts[2] : "UTC"
    let zone =
      zone(spelled.substituting("-", by: "/")) ?? zone(spelled)
      ?? zone(spelled.parts(at: "-", maxSplits: 1).joined(separator: "/")) ?? .utc
    let ends = parts.prefix(2).map { part in
      CivilDate(part).map(zone.start) ?? Instant(compact: part)
    }
    guard ends.count == 2, let from = ends[0], let to = ends[1], from <= to else {
      return Window(from: Instant(milliseconds: 0), to: Instant(milliseconds: 0), zone: .utc)
    }
    return Window(from: from, to: to, zone: zone)
  }
}
