import AuditEvidence
import AuditFiles
import AuditModel
import AuditReduce
import AuditReport

/// The earlier pack of the same server that a run is held against: what was there and is gone, and time that no pack
/// covers.
struct PreviousComparison {
  /// The earlier pack; `nil` when there is none, or none that can be compared.
  private(set) var pack: PreviousPack?
  /// The earlier pack as the one before this one in the archive's chain, whether or not it can be compared.
  private(set) var link: ManifestDocument.Previous?
  /// That this pack begins a new chain although there are earlier ones.
  let restart: ManifestDocument.ChainRestart?
  /// Its rows in the window.
  private(set) var earlier: EarlierPack?
  /// The same as it is kept as evidence.
  private(set) var document: PreviousDocument?
  /// Why packs that are there, or should be, are not compared.
  private var unavailable: [Notice]
  /// What is wrong with a pack that is followed all the same.
  private var damaged: Notice?

  /// How many ids are named.
  private static let named = 20

  /// Reads the newest pack of an archive, of which it is known where it is not what was published.
  ///
  /// It is compared only where that is asked for, and when it is of the same server and begins before the window's end,
  /// which is `nil` when the rows say it.
  ///
  /// - Throws: What may be otherwise the next time: a finding would stay in the archive for ever.
  init(
    _ archive: Archive.Earlier, damage: [Discrepancy], server: String?, window: Window?,
    compares: Bool
  ) throws {
    restart = archive.restart
    unavailable = archive.findings
    guard let path = archive.newest else { return }
    damaged = Self.finding(damage, of: path)
    do {
      let pack = try PreviousPack(at: path)
      link = .init(path: pack.name, manifest: pack.manifestDigest)
      guard compares, pack.server == server, window.map({ pack.from < $0.to }) ?? true else {
        return
      }
      let earlier = try pack.rows(startedIn: window)
      self.earlier = earlier
      document = PreviousDocument(earlier, of: pack, figures: try pack.figures())
      self.pack = pack
    } catch let error as ArchiveError where error.isUnreadable {
      throw error
    } catch {
      unavailable.append(
        .init(
          .previousUnavailable,
          "The earlier pack \(path) cannot be read, so nothing is compared with it and no chain leads to it: "
            + TerminalText.sanitized("\(error)", limit: 200)))
    }
  }

  /// What is worth knowing about a population.
  func findings(_ window: Window, _ population: Population) -> [Notice] {
    unavailable
      + [damaged, gap(before: window), disappeared(from: population)].compactMap { $0 }
  }

  private static func finding(
    _ damage: [Discrepancy], of path: String
  ) -> Notice? {
    guard let first = damage.first else { return nil }
    let name = path.parts(at: "/").last ?? ""
    return .init(
      .previousDamaged,
      "The earlier pack \(name) is not what was published, in \(damage.count) places: \(first)")
  }

  private func gap(before window: Window) -> Notice? {
    guard let pack, pack.to < window.from else { return nil }
    return .init(
      .gap,
      "The earlier pack \(pack.name) ends at \(pack.to) and this window starts at \(window.from): "
        + "neither covers the time between.")
  }

  private func disappeared(from population: Population) -> Notice? {
    guard let earlier else { return nil }
    let gone = earlier.rows.map(\.referenceID).filter { !population.contains($0) }
    if gone.isEmpty { return nil }
    let names = gone.prefix(Self.named).map(String.init).joined(separator: ", ")
    return .init(
      .disappeared,
      "\(gone.count) instances of the earlier pack \(earlier.name) are no longer on the server: \(names)"
        + (gone.count > Self.named ? " and \(gone.count - Self.named) more." : "."))
  }
}
