import AuditModel

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
    guard let from = Instant(rfc3339: document.from), let to = Instant(rfc3339: document.to),
      from <= to, let zone = zone(document.timeZone)
    else { return nil }
    return Window(from: from, to: to, zone: zone)
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

extension Instant {
  /// Reads an instant of a pack's name, `20261001T050000Z`.
  fileprivate init?(compact text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 16 else { return nil }
    let part = { (range: Range<Int>) in String(decoding: bytes[range], as: UTF8.self) }
    self.init(
      rfc3339: "\(part(0..<4))-\(part(4..<6))-\(part(6..<11)):\(part(11..<13)):\(part(13..<16))")
  }
}
