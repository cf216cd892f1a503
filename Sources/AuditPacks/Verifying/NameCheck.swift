import AuditEvidence
import AuditModel

/// Checks the name of a pack's folder: within an archive it is the name of the pack's window, and nothing else says which
/// of several packs it is.
struct NameCheck {
  /// The folder's name.
  let name: String
  let manifest: ManifestDocument

  /// The folder's name where it is another window's; `nil` where it is right, or no pack's name: a copy may have any.
  func discrepancy() -> Discrepancy? {
    guard let stem = name.parts(at: ".", maxSplits: 1).first, PackName(stem) != nil else {
      return nil
    }
    guard let expected = Self.name(of: manifest.window) else {
      return .malformed(path: "manifest.json", reason: "its window has no readable ends.")
    }
    let isUnfinished = manifest.completeness.verdict == .incomplete
    if let pack = PackName(name), pack.window == expected,
      pack.edition != .incomplete || isUnfinished
    {
      return nil
    }
    return .chain(
      pack: name, reason: "its manifest.json is that of \(expected): the folder was renamed.")
  }

  /// The name of a window's pack; `nil` where the window cannot be read.
  static func name(of window: WindowDocument) -> String? {
    guard let from = Instant(rfc3339: window.from), let to = Instant(rfc3339: window.to),
      let zone = CivilZone(identifier: window.timeZone)
    else { return nil }
    return Window(from: from, to: to, zone: zone).name
  }
}
