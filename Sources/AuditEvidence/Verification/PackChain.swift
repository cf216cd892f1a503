package import AuditModel

/// The packs of an archive, each naming the digest of the one before.
package struct PackChain: Sendable {
  /// The packs from the first to the last, as far as they hang together; where the chain breaks off, what follows by
  /// as-of instant and name, and recorded restarts last.
  package let order: [ChainLink]
  /// The packs that begin a new chain, as their manifests record.
  package let restarts: [ChainLink]
  /// The pack that the next one follows: of several that none follows, the newest since the last recorded restart.
  package let newest: ChainLink?
  /// Where the chain is broken.
  package let discrepancies: [Discrepancy]

  /// Puts packs in order.
  ///
  /// - Parameters:
  ///   - links: the packs, in any order.
  ///   - removed: the digest of the manifest that the oldest pack follows, which retention has removed; `nil` when
  ///     the chain should be here from its beginning.
  package init(_ links: [ChainLink], after removed: Digest? = nil) {
    let links = links.sorted { $0.precedes($1) }
    let byDigest = Dictionary(links.map { ($0.manifest.hexadecimal, $0) }) { first, _ in first }
    let followers = Dictionary(grouping: links.filter { $0.previous != nil }) {
      $0.previous?.manifestSha256 ?? ""
    }
    let unled = links.filter { $0.previous.map { byDigest[$0.manifestSha256] == nil } ?? true }
    let starts = unled.filter { $0.restart == nil } + unled.filter { $0.restart != nil }
    order = Self.order(of: links, from: starts, followers)
    restarts = links.filter { $0.restart != nil }
    let ends = links.filter { followers[$0.manifest.hexadecimal] == nil }
    newest =
      ends.last { Self.first(before: $0, byDigest).restart != nil } ?? ends.last
    let oldest = order.first
    let begin =
      starts.first { $0.previous?.manifestSha256 == removed?.hexadecimal }
      ?? starts.first { Self.isRestart($0, after: removed) }
    var found: [Discrepancy] = []
    if let removed, begin == nil {
      found.append(.chain(pack: oldest?.name ?? "latest", reason: Self.notAfter(removed)))
    }
    for link in links where link != begin {
      if let previous = link.previous {
        guard let fault = Self.fault(of: previous, byDigest, links) else { continue }
        let reason = fault.isMissing && link == oldest ? fault.reason + Self.hint : fault.reason
        found.append(.chain(pack: link.name, reason: reason + "."))
      } else if let begin, link.restart == nil {
        found.append(.chain(pack: link.name, reason: Self.restarted(begin.name)))
      }
    }
    for (digest, packs) in followers where packs.count > 1 {
      found.append(
        .chain(
          pack: packs[1].name,
          reason: "it follows the pack of manifest \(digest), and so does \(packs[0].name)."))
    }
    discrepancies = found.sorted {
      (Name($0.path), Name($0.description)) < (Name($1.path), Name($1.description))
    }
  }

  /// The pack that a pack's chain begins with.
  private static func first(
    before link: ChainLink, _ byDigest: [String: ChainLink]  // text: hexadecimal digests
  ) -> ChainLink {
    var first = link
    while let before = first.previous.flatMap({ byDigest[$0.manifestSha256] }) { first = before }
    return first
  }

  /// Whether a recorded restart may come next to a pack that retention removed.
  private static func isRestart(_ link: ChainLink, after removed: Digest?) -> Bool {
    guard let restart = link.restart else { return false }
    return restart.after.map { $0.manifestSha256 == removed?.hexadecimal } ?? true
  }

  private static func order(
    // text: hexadecimal digests
    of links: [ChainLink], from starts: [ChainLink], _ followers: [String: [ChainLink]]
  ) -> [ChainLink] {
    var order: [ChainLink] = []
    var seen = Set<Digest>()
    for start in starts {
      var next: ChainLink? = start
      while let link = next, seen.insert(link.manifest).inserted {
        order.append(link)
        next = followers[link.manifest.hexadecimal]?.first
      }
    }
    return order + links.filter { !seen.contains($0.manifest) }
  }

  /// Where the digest comes from: the record of the removal, which is not a part of what is being verified.
  private static let hint =
    "; when retention has removed it, give --after the digest that the record of its removal holds"

  private static func notAfter(_ removed: Digest) -> String {
    "the oldest pack does not follow the manifest \(removed) of --after."
  }

  private static func restarted(_ first: String) -> String {
    "it records no previous pack, and the first is \(first): the chain was restarted here, or this pack was replaced."
  }

  private static func fault(
    // text: hexadecimal digests
    of previous: ManifestDocument.Previous, _ byDigest: [String: ChainLink], _ links: [ChainLink]
  ) -> (reason: String, isMissing: Bool)? {
    let followed = "it follows \(previous.path) of manifest \(previous.manifestSha256)"
    if let link = byDigest[previous.manifestSha256] {
      guard link.name != previous.path else { return nil }
      return ("\(followed), which is now called \(link.name): packs were renamed or swapped", false)
    }
    guard let other = links.first(where: { $0.name == previous.path }) else {
      return ("\(followed), which is missing", true)
    }
    return (
      "\(followed), but \(other.name) has manifest \(other.manifest): the pack was replaced", false
    )
  }
}

/// A pack as a link of its archive's chain.
package struct ChainLink: Sendable, Equatable {
  private struct Manifest: Decodable {
    var previous: ManifestDocument.Previous?
    var chainRestart: ManifestDocument.ChainRestart?
    var window: WindowDocument
    var asOf: String
  }

  /// Its folder's name within the archive.
  package var name: String
  /// The digest of its manifest.json.
  package var manifest: Digest
  /// The pack that it names as the one before; `nil` when it names none.
  package var previous: ManifestDocument.Previous?
  /// The record that it begins a new chain; `nil` where it should follow another pack.
  package var restart: ManifestDocument.ChainRestart?
  /// The first instant of its window, RFC 3339 UTC.
  package var from: String
  /// Its as-of instant, RFC 3339 UTC.
  package var asOf: String

  /// Reads the manifest of a pack.
  ///
  /// - Throws: why the bytes are not a manifest.
  package init(name: String, manifest bytes: [UInt8]) throws(JSONDocumentError) {
    let document = try JSONDocument.read(Manifest.self, from: bytes)
    self.name = name
    manifest = Digest.of(bytes)
    previous = document.previous
    restart = document.previous == nil ? document.chainRestart : nil
    from = document.window.from
    asOf = document.asOf
  }

  /// Whether it comes before another one where the chain does not say it: by as-of instant, then by name.
  ///
  /// The times of files say nothing: a copy has those of the copying.
  func precedes(_ other: ChainLink) -> Bool {
    asOf.utf8.elementsEqual(other.asOf.utf8)
      ? name.utf8.lexicographicallyPrecedes(other.name.utf8)
      : asOf.utf8.lexicographicallyPrecedes(other.asOf.utf8)
  }
}
