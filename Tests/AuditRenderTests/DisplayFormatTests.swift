import AuditModel
import Testing

@testable import AuditRender

@Suite("Figures for reading")
struct DisplayFormatTests {
  @Test(
    "Durations are read at a glance",
    arguments: [
      (0.0, "0 ms"), (0.2, "<1 ms"), (850, "850 ms"), (999.6, "1.0 s"), (4210, "4.2 s"),
      (9960, "10 s"), (59_400, "59 s"), (59_600, "1 min"), (725_000, "12 min 5 s"),
      (3_599_600, "1 h"), (11_533_000, "3 h 12 min"), (86_399_000, "1 d"), (187_200_000, "2 d 4 h"),
      (3_024_000_000, "35 d"), (-4210, "−4.2 s"),
    ])
  func durations(milliseconds: Double, text: String) {
    let found = DisplayFormat.duration(milliseconds: milliseconds)
    #expect(found.replacing("\u{A0}", with: " ") == text)
  }

  @Test(
    "A share that is neither none nor all never reads as 0% or 100%",
    arguments: [
      (0.0, "0.0%"), (0.0001, "<0.1%"), (0.1234, "12.3%"), (0.9999, ">99.9%"), (1.0, "100.0%"),
    ])
  func percents(share: Double, text: String) {
    #expect(DisplayFormat.percent(share) == text)
  }

  @Test(
    "Counts have thousands",
    arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "−1,234,567")])
  func counts(count: Int, text: String) {
    #expect(DisplayFormat.count(count) == text)
  }

  @Test(
    "Instants lose only what says nothing",
    arguments: [
      ("2026-10-01T12:24:00.000Z", "2026-10-01 12:24:00 UTC"),
      ("2026-10-01T12:24:00.516Z", "2026-10-01 12:24:00.516 UTC"),
      ("2026-10-01T14:24:00+02:00", "2026-10-01 14:24:00 +02:00"), ("unknown", "unknown"),
    ])
  func instants(instant: String, text: String) {
    #expect(DisplayFormat.instant(instant) == text)
  }

  @Test(
    "Decimals in files have no exponent and read back exactly",
    arguments: [0, 1, 0.1, 1e-5, 1.25e-7, 12345.678, 1e16, 1.5e17, -2.5e-6, 4.0 / 3])
  func decimals(number: Double) {
    let text = CSVCell.plainDecimal(number)
    #expect(!text.contains("e"))
    #expect(Double(text) == number)
  }

  @Test(
    "Axes of counts end on a round number at or above the greatest",
    arguments: [
      (0, 1, 1), (1, 1, 1), (5, 1, 5), (6, 2, 6), (23, 5, 25), (316, 100, 400), (5001, 2000, 6000),
    ])
  func scales(maximum: Int, step: Int, top: Int) {
    let scale = CountScale(covering: maximum)
    #expect(scale.step == step)
    #expect(scale.top == top)
  }

  @Test("The window reads as days where it consists of days")
  func windows() throws {
    func title(_ from: String, _ to: String) throws -> String {
      let window = Window(
        from: try #require(CivilDate(from)).midnight, to: try #require(CivilDate(to)).midnight,
        zone: .utc)
      return WindowTitle(window: WindowDocument(window)).text
    }
    #expect(try title("2026-10-01", "2026-10-02") == "1 October 2026")
    #expect(try title("2026-10-01", "2026-11-01") == "1–31 October 2026")
    #expect(try title("2026-09-28", "2026-10-05") == "28 September – 4 October 2026")
    #expect(try title("2026-12-28", "2027-01-04") == "28 December 2026 – 3 January 2027")
  }
}

extension CivilDate {
  fileprivate var midnight: Instant { Instant(milliseconds: dayNumber * 86_400_000) }
}
