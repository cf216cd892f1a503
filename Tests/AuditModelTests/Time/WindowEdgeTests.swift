import AuditModel
import Testing

@Suite("One end of a window")
struct WindowEdgeTests {
  @Test(
    "A day begins at midnight of the zone",
    arguments: [
      ("UTC", "2026-10-01", "2026-10-01T00:00:00.000Z"),
      ("Europe/Berlin", "2026-10-01", "2026-09-30T22:00:00.000Z"),
      ("Asia/Kathmandu", "2026-10-01", "2026-09-30T18:15:00.000Z"),
      ("America/New_York", "2026-11-02", "2026-11-02T05:00:00.000Z"),
    ])
  func days(zone: String, day: String, instant: String) throws {
    let zone = try #require(CivilZone(identifier: zone))
    let edge = try #require(WindowEdge(day))
    #expect(edge.instant(in: zone).description == instant)
  }

  @Test(
    "An instant means the same in every zone",
    arguments: [
      ("2026-10-01T00:00:00Z", "2026-10-01T00:00:00.000Z"),
      ("2026-10-01t00:00:00z", "2026-10-01T00:00:00.000Z"),
      ("2026-10-01T02:00:00+02:00", "2026-10-01T00:00:00.000Z"),
      ("2026-09-30T19:00:00.25-05:00", "2026-10-01T00:00:00.250Z"),
      ("2026-10-01T00:00:00.1234567Z", "2026-10-01T00:00:00.123Z"),
    ])
  func instants(text: String, instant: String) throws {
    let zone = try #require(CivilZone(identifier: "Asia/Kathmandu"))
    let edge = try #require(WindowEdge(text))
    #expect(edge.instant(in: zone).description == instant)
  }

  @Test(
    "What does not exist or does not say its zone is refused",
    arguments: [
      "", "2026-02-30", "2026-10-01T00:00:00", "2026-10-01T00:00:00.123", "2026-10-01T24:00:00Z",
      "2026-10-01T00:60:00Z", "2026-10-01T23:59:60Z", "2026-10-01 00:00:00Z", "2026-10-01T00:00Z",
      "2026-10-01T00:00:00+2", "2026-10-01T00:00:00 +02:00", "2026-10-01T00:00:00+24:00",
      "20261001",
      "2026-13-01", "01.10.2026", "24:00", "2026-10-01T00:00:00ZZ", "2026-10-01Z",
    ])
  func refused(text: String) {
    #expect(WindowEdge(text) == nil)
  }
}
