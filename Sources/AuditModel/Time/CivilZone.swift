private import Foundation

/// A time zone as a list of offsets from UTC: it maps instants to days and days to their first instant.
///
/// Foundation knows the zones; this value asks it once, so that the millions of look-ups of a run cost a
/// binary search. `UTC` asks nothing.
public struct CivilZone: Sendable, Hashable {
  /// The IANA name.
  public let identifier: String
  private let changes: [Change]

  private struct Change: Sendable, Hashable {
    var from: Int64
    var offset: Int64
  }

  /// Coordinated universal time.
  public static let utc = CivilZone(identifier: "UTC", changes: [Change(from: .min, offset: 0)])

  private init(identifier: String, changes: [Change]) {
    (self.identifier, self.changes) = (identifier, changes)
  }

  /// Looks up a zone by its IANA name, backward-compatible ones included; `nil` when there is none.
  public init?(identifier: String) {
    if identifier == "UTC" {
      self = .utc
      return
    }
    guard Self.isName(identifier), let zone = TimeZone(identifier: identifier) else { return nil }
    var day = Date(timeIntervalSince1970: 0)
    var changes = [Change(from: .min, offset: Int64(zone.secondsFromGMT(for: day)) * 1000)]
    let end = Date(timeIntervalSince1970: 4_102_444_800)
    while let next = zone.nextDaylightSavingTimeTransition(after: day), next > day, next < end {
      let from = Int64(next.timeIntervalSince1970.rounded()) * 1000
      changes.append(Change(from: from, offset: Int64(zone.secondsFromGMT(for: next)) * 1000))
      day = next
    }
    self.init(identifier: identifier, changes: changes)
  }

  /// Whether the IANA database may know a name.
  ///
  /// Foundation lists only part of the database, yet looks up names beyond it, such as `UTC+2`, `PST` and
  /// `GMT+0530`, whose meaning differs from one program to the next.
  private static func isName(_ identifier: String) -> Bool {
    if identifier.holds("/") { return !identifier.begins(with: "SystemV/") }
    return namesWithoutArea.contains(identifier)
  }

  /// Every name of the IANA database (2025b) without an area, but `Factory`, which is a placeholder.
  static let namesWithoutArea: Set<String> = [  // text: names of zones
    "CET", "CST6CDT", "Cuba", "EET", "EST", "EST5EDT", "Egypt", "Eire", "GB", "GB-Eire", "GMT",
    "GMT+0",
    "GMT-0", "GMT0", "Greenwich", "HST", "Hongkong", "Iceland", "Iran", "Israel", "Jamaica",
    "Japan",
    "Kwajalein", "Libya", "MET", "MST", "MST7MDT", "NZ", "NZ-CHAT", "Navajo", "PRC", "PST8PDT",
    "Poland",
    "Portugal", "ROC", "ROK", "Singapore", "Turkey", "UCT", "UTC", "Universal", "W-SU", "WET",
    "Zulu",
  ]

  /// Milliseconds to add to UTC at an instant.
  public func offset(at instant: Instant) -> Int64 { changes[index(at: instant)].offset }

  /// When the offset changes next; `nil` when it never does again.
  func nextChange(after instant: Instant) -> Instant? {
    let next = index(at: instant) + 1
    return next < changes.count ? Instant(milliseconds: changes[next].from) : nil
  }

  /// The last change up to an instant.
  private func index(at instant: Instant) -> Int {
    changes.partitioningIndex { $0.from > instant.milliseconds } - 1
  }

  /// The day an instant falls on.
  public func date(of instant: Instant) -> CivilDate {
    let local = instant.milliseconds + offset(at: instant)
    return CivilDate(dayNumber: local.flooredDivision(by: 86_400_000))
  }

  /// The first instant of a day: its midnight, or what the clock jumps to where midnight does not exist.
  public func start(of date: CivilDate) -> Instant {
    let local = date.dayNumber * 86_400_000
    // The offset differs from the one a day earlier or later only if a change lies between.
    let offsets = Set(
      [-86_400_000, 0, 86_400_000].map { offset(at: Instant(milliseconds: local + $0)) })
    let candidates = offsets.map { Instant(milliseconds: local - $0) }.sorted()
    if let midnight = candidates.first(where: { offset(at: $0) == local - $0.milliseconds }) {
      return midnight
    }
    let jump = changes.last { change in candidates.contains { change.from <= $0.milliseconds } }
    return Instant(milliseconds: jump?.from ?? local)
  }

  /// The local time at an instant with its offset, `2026-10-01T14:24:00+02:00`.
  public func localDescription(of instant: Instant) -> String {
    let offset = offset(at: instant)
    let local = Instant(milliseconds: instant.milliseconds + offset).description.prefix(19)
    let minutes = abs(offset) / 60_000
    var zone: [UInt8] = [offset < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+")]
    zone.append(integer: minutes / 60, width: 2)
    zone.append(UInt8(ascii: ":"))
    zone.append(integer: minutes % 60, width: 2)
    return local + String(decoding: zone, as: UTF8.self)
  }
}
