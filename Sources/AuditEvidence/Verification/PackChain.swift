/// The packs of an archive, each naming the digest of the one before.
public struct PackChain: Sendable {
  /// The packs from the first to the last, as far as they hang together; what hangs on nothing comes after, by name.
  public let order: [ChainLink]
  /// Where the chain is broken.
  public let discrepancies: [Discrepancy]

  /// Puts packs in order.
  public init(_ links: [ChainLink]) {
    let links = links.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    let byDigest = Dictionary(links.map { ($0.manifest.hexadecimal, $0) }) { first, _ in first }
    let followers = Dictionary(grouping: links.filter { $0.previous != nil }) {
      $0.previous?.manifestSha256 ?? ""
    }
    var found: [Discrepancy] = []
    let starts = links.filter { $0.previous == nil }
    for start in starts.dropFirst() {
      found.append(.chain(pack: start.name, reason: Self.restarted(starts[0].name)))
    }
    for link in links {
      guard let previous = link.previous else { continue }
      if let reason = Self.fault(of: previous, byDigest, links) {
        found.append(.chain(pack: link.name, reason: reason))
      }
    }
    for (digest, packs) in followers where packs.count > 1 {
      found.append(
        .chain(
          pack: packs[1].name,
          reason: "it follows the pack of manifest \(digest), and so does \(packs[0].name)."))
    }
    var order: [ChainLink] = []
    var seen = Set<Digest>()
    for start in links.filter({ $0.previous.map { byDigest[$0.manifestSha256] == nil } ?? true }) {
      var next: ChainLink? = start
      while let link = next, seen.insert(link.manifest).inserted {
        order.append(link)
        next = followers[link.manifest.hexadecimal]?.first
      }
    }
    self.order = order + links.filter { !seen.contains($0.manifest) }
    discrepancies = found.sorted { ($0.path, $0.description) < ($1.path, $1.description) }
  }

  /// The last pack that hangs on one of a name, or without a name on the first; `nil` when there is no such pack.
  public func newest(from name: String?) -> ChainLink? {
    guard let name else { return order.last }
    guard let start = order.firstIndex(where: { $0.name == name }) else { return nil }
    var newest = order[start]
    for link in order[(start + 1)...]
    where link.previous?.manifestSha256 == newest.manifest.hexadecimal {
      newest = link
    }
    return newest
  }

  private static func restarted(_ first: String) -> String {
    "it names no pack before it, and neither does \(first): the chain was restarted, or a pack was exchanged."
  }

  private static func fault(
    of previous: ManifestDocument.Previous, _ byDigest: [String: ChainLink], _ links: [ChainLink]
  ) -> String? {
    if let link = byDigest[previous.manifestSha256] {
      return link.name == previous.path
        ? nil
        : "it follows \(previous.path) of manifest \(previous.manifestSha256), which is now called \(link.name): "
          + "packs were renamed or swapped."
    }
    guard let other = links.first(where: { $0.name == previous.path }) else {
      return "it follows \(previous.path) of manifest \(previous.manifestSha256), which is missing."
    }
    return
      "it follows \(previous.path) of manifest \(previous.manifestSha256), but \(other.name) has manifest "
      + "\(other.manifest): the pack was replaced."
  }
}
