import AuditModel
import TestSupport
import Testing

@Suite("Instants as text")
struct InstantTests {
  @Test(
    "An instant is written in UTC with milliseconds, whatever its year",
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
      (1_790_857_440_516, "2026-10-01T12:24:00.516Z"),
      (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
      (253_402_300_800_000, "10000-01-01T00:00:00.000Z"),
      (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
      (-62_167_219_200_001, "-0001-12-31T23:59:59.999Z"),
      (.max, "292278994-08-17T07:12:55.807Z"),
    ] as [(Int64, String)])
  func written(milliseconds: Int64, text: String) {
    #expect(Instant(milliseconds: milliseconds).description == text)
  }

  @Test("What is written is read as the same instant", arguments: 0..<8 as Range<UInt64>)
  func roundTrip(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    // The years 1 and 9999 mean "never".
    for _ in 0..<2_000 {
      let milliseconds = Int64.random(
        in: -62_104_060_800_000..<253_370_764_800_000, using: &random)
      let text = Instant(milliseconds: milliseconds).description
      #expect(Instant(rfc3339: text)?.milliseconds == milliseconds, "\(text)")
    }
  }
}
