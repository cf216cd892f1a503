import AuditModel
import TestSupport
import Testing

@Suite("Names of packs")
struct PackNameTests {
  @Test("The name of every window is one, in each zone and with each suffix", arguments: 1...20)
  func windows(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let zones = [
      "UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "Asia/Ho_Chi_Minh",
      "GB-Eire", "Japan",
    ]
    let zone = try #require(CivilZone(identifier: zones[Int.random(in: 0..<7, using: &random)]))
    let day = CivilDate(dayNumber: Int64.random(in: 0..<47_000, using: &random))
    let shift = Int64.random(in: 0..<2, using: &random) * 1_234_000
    let window = Window(
      from: zone.start(of: day).advanced(byMilliseconds: shift),
      to: zone.start(of: day.advanced(byDays: 31)), zone: zone)
    let number = Int.random(in: 2..<1_000_000, using: &random)
    for (suffix, edition) in [
      ("", PackName.Edition.revision(1)), (".r\(number)", .revision(number)),
      (".INCOMPLETE", .incomplete),
    ] {
      let name = window.name + suffix
      let read = try #require(PackName(name), "\(name)")
      #expect(read.window == window.name && read.edition == edition && read.description == name)
    }
  }

  @Test(
    "Nothing else is the name of a pack",
    arguments: [
      "", ".", "..", "latest", "nightly.log", "lost+found", "@eaDir", ".snapshot", ".pruned",
      "2026-10-01", "2026-10-01_", "2026-10-01_2026-11-31", "2026-11-01_2026-10-01",
      "2026-10-01_2026-11-01.zip", "2026-10-01_2026-11-01.r1", "2026-10-01_2026-11-01.r02",
      "2026-10-01_2026-11-01.r2.INCOMPLETE", "2026-10-01_2026-11-01.incomplete",
      "2026-10-01_2026-11-01.R2", "2026-10-01_2026-11-01.r1000000", "2026-10-01_2026-11-01.",
      "2026-10-01_2026-11-01_old", "2026-10-01_2026-11-01_Copy", "2026-10-01_2026-11-01_",
      "2026-10-01_2026-11-01 (2)", "2026-10-01_2026-11-01\n", "2026-10-01_2026-11-01~",
      "2026-10-01_2026-11-01_Europe/Berlin", "2026-10-01_2026-11-01_Europe-B\u{e9}rlin",
      "20261001T050000Z", "20261001T050000Z_20261101T250000Z", "20261001t050000Z_20261101T040000Z",
      "20261001T050000Z_20261101T040000Z_UTC", "２026-10-01_2026-11-01",
    ])
  func others(name: String) {
    #expect(PackName(name) == nil)
  }
}
