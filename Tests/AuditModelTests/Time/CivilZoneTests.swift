import AuditModel
import Foundation
import Testing

@Suite("A civil zone")
struct CivilZoneTests {
  @Test(
    "Offsets change when the law says",
    arguments: [
      ("Europe/Berlin", "2026-03-29T00:59:59Z", 60), ("Europe/Berlin", "2026-03-29T01:00:00Z", 120),
      ("Europe/Berlin", "2026-10-25T00:59:59Z", 120), ("Europe/Berlin", "2026-10-25T01:00:00Z", 60),
      ("America/New_York", "2026-03-08T06:59:59Z", -300),
      ("America/New_York", "2026-03-08T07:00:00Z", -240),
      ("America/New_York", "2026-11-01T05:59:59Z", -240),
      ("America/New_York", "2026-11-01T06:00:00Z", -300),
      ("Asia/Kathmandu", "1985-12-31T18:29:59Z", 330),
      ("Asia/Kathmandu", "1985-12-31T18:30:00Z", 345),
      ("Asia/Kathmandu", "2026-10-01T00:00:00Z", 345),
      ("Australia/Lord_Howe", "2026-04-04T14:59:59Z", 660),
      ("Australia/Lord_Howe", "2026-04-04T15:00:00Z", 630),
      ("Australia/Lord_Howe", "2026-10-03T15:29:59Z", 630),
      ("Australia/Lord_Howe", "2026-10-03T15:30:00Z", 660),
      ("Africa/Cairo", "2026-04-23T21:59:59Z", 120), ("Africa/Cairo", "2026-04-23T22:00:00Z", 180),
      ("America/Asuncion", "2023-10-01T03:59:59Z", -240),
      ("America/Asuncion", "2023-10-01T04:00:00Z", -180),
      ("Pacific/Apia", "2011-12-30T09:59:59Z", -600), ("Pacific/Apia", "2011-12-30T10:00:00Z", 840),
    ])
  func offsets(zone: String, instant: String, minutes: Int64) throws {
    let zone = try #require(CivilZone(identifier: zone))
    let instant = try #require(Instant(rfc3339: instant))
    #expect(zone.offset(at: instant) == minutes * 60_000)
  }

  @Test(
    "A day begins at its first instant, even where midnight is skipped or comes twice",
    arguments: [
      ("Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00.000Z"),
      ("America/Asuncion", "2023-10-01", "2023-10-01T04:00:00.000Z"),
      ("Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00.000Z"),
      ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00.000Z"),
      ("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00.000Z"),
      ("Africa/Cairo", "2026-10-30", "2026-10-29T22:00:00.000Z"),
      ("Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00.000Z"),
      ("America/Havana", "2026-11-01", "2026-11-01T04:00:00.000Z"),
    ])
  func starts(zone: String, day: String, instant: String) throws {
    let zone = try #require(CivilZone(identifier: zone))
    let day = try #require(CivilDate(day))
    #expect(zone.start(of: day).description == instant)
  }

  @Test("Days follow one another without gap or overlap in a year of many zones")
  func partition() throws {
    let zones = [
      "UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe",
      "Africa/Cairo",
      "America/Havana", "America/Santiago", "Asia/Beirut", "Pacific/Chatham",
    ]
    let first = try #require(CivilDate("2026-01-01"))
    for name in zones {
      let zone = try #require(CivilZone(identifier: name))
      for offset in 0..<365 {
        let day = first.advanced(byDays: Int64(offset))
        let start = zone.start(of: day)
        #expect(zone.date(of: start) == day, "\(name) \(day)")
        #expect(zone.date(of: start.advanced(byMilliseconds: -1)) < day, "\(name) \(day)")
      }
    }
  }

  @Test(
    "Old names of the IANA database are names",
    arguments: [
      "UTC", "Etc/UTC", "Asia/Calcutta", "Asia/Kolkata", "US/Eastern", "EST5EDT", "GB", "Etc/GMT+5",
      "Zulu",
    ])
  func aliases(name: String) throws {
    #expect(try #require(CivilZone(identifier: name)).identifier == name)
  }

  @Test(
    "What is no IANA name is no zone",
    arguments: [
      "", "Mars/Olympus", "europe/berlin", "utc", "Europe/Berlin ", "GMT+5", "GMT+0530", "UTC+2",
      "PST", "BST",
      "IST", "+02:00", "Z", "Factory", "SystemV/EST5", "../etc/passwd", "/Europe/Berlin",
      "Etc/Unknown",
    ])
  func nonsense(name: String) {
    #expect(CivilZone(identifier: name) == nil)
  }

  @Test(
    "Every name in the system's database is found",
    .enabled(if: FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/tzdata.zi")))
  func database() throws {
    let text = try String(contentsOfFile: "/usr/share/zoneinfo/tzdata.zi", encoding: .utf8)
    let names = text.split(separator: "\n").compactMap { line -> String? in
      let words = line.split(separator: " ")
      switch words.first {
      case "Z": return String(words[1])
      case "L": return String(words[2])
      default: return nil
      }
    }
    #expect(names.count > 400)
    let missing = names.filter { $0 != "Factory" && CivilZone(identifier: $0) == nil }
    #expect(missing.isEmpty)
  }
}
