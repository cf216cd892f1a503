/// The name of a pack's folder in an archive: the name of its window, and which of that window's packs it is.
///
/// Everything else in an archive is passed over, so that a log file or a file system's own folder stops nothing.
public struct PackName: Sendable, Hashable, CustomStringConvertible {
  /// Which of a window's packs it is.
  public enum Edition: Sendable, Hashable {
    /// The first one, or a later one that has `.r2`, `.r3` … at its end.
    case revision(Int)
    /// What an unfinished read left.
    case incomplete
  }

  /// The name of the window, as ``Window/name`` has it.
  public let window: String
  /// Which of its packs it is.
  public let edition: Edition

  /// Names a pack of a window.
  public init(window: String, _ edition: Edition) {
    self.window = window
    self.edition = edition
  }

  /// Reads the name of a folder; `nil` when no pack has such a name.
  public init?(_ name: String) {
    let parts = name.utf8.split(
      separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let window = String(first), Self.isWindow(window),
      let edition = parts.count == 1 ? .revision(1) : Self.edition(String(parts[1]) ?? "")
    else { return nil }
    self.init(window: window, edition)
  }

  /// The name of the folder.
  public var description: String {
    switch edition {
    case .revision(let number): number == 1 ? window : "\(window).r\(number)"
    case .incomplete: "\(window).INCOMPLETE"
    }
  }

  /// The number of the revision; `nil` for what an unfinished read left.
  public var revision: Int? {
    if case .revision(let number) = edition { number } else { nil }
  }

  private static func edition(_ suffix: String) -> Edition? {
    if suffix.utf8.elementsEqual("INCOMPLETE".utf8) { return .incomplete }
    guard suffix.utf8.first == UInt8(ascii: "r"), let number = Int(suffix.dropFirst()),
      2..<1_000_000 ~= number, suffix.utf8.elementsEqual("r\(number)".utf8)
    else { return nil }
    return .revision(number)
  }

  /// Whether a text has one of the two forms of ``Window/name``.
  private static func isWindow(_ text: String) -> Bool {
    let parts = text.utf8.split(
      separator: UInt8(ascii: "_"), maxSplits: 2, omittingEmptySubsequences: false
    ).map { String($0) ?? "" }
    guard parts.count >= 2 else { return false }
    if let from = CivilDate(parts[0]), let to = CivilDate(parts[1]), from <= to {
      return parts.count == 2 || isZone(parts[2])
    }
    return parts.count == 2 && parts.allSatisfy { Instant(compact: $0) != nil }
      && parts[0] <= parts[1]
  }

  /// Whether a text may be the name of a zone with a hyphen for each slash; this machine need not know the zone.
  private static func isZone(_ text: String) -> Bool {
    guard let first = text.utf8.first, UInt8(ascii: "A")...UInt8(ascii: "Z") ~= first,
      text.utf8.allSatisfy({ $0.isASCIIAlphanumeric || "+-_".utf8.contains($0) })
    else { return false }
    return text.utf8.contains(UInt8(ascii: "-")) || CivilZone.namesWithoutArea.contains(text)
  }
}

extension Instant {
  /// Reads an instant as the name of a window has it, `20261001T050000Z`.
  public init?(compact text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 16, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z") else {
      return nil
    }
    let part = { (range: Range<Int>) in String(decoding: bytes[range], as: UTF8.self) }
    self.init(
      rfc3339: "\(part(0..<4))-\(part(4..<6))-\(part(6..<11)):\(part(11..<13)):\(part(13..<16))")
  }
}
