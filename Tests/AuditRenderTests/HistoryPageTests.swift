import AuditTemplates
import TestSupport
import Testing

@testable import AuditModel
@testable import AuditRender

@Suite("The page over all packs")
struct HistoryPageTests {
  private func page(_ packs: [HistoryPack], archive: [String] = []) throws -> String {
    let template = try #require(Templates.builtIn.first { $0.name == "history.html" })
    let page = try HistoryPage(template: Array(template.content.utf8), named: template.name)
    let history = HistoryDocument(toolVersion: "1", packs: packs)
    return String(decoding: page.render(history, archive: archive).bytes, as: UTF8.self)
  }

  private func window(_ from: String, _ to: String) throws -> Window {
    let ends = try [from, to].map { CivilZone.utc.start(of: try #require(CivilDate($0))) }
    return Window(from: ends[0], to: ends[1], zone: .utc)
  }

  private func pack(
    _ window: Window, _ verdict: CompletenessDocument.Verdict = .proved, title: String = "Check",
    type: String = "Enrollment"
  ) -> HistoryPack {
    let group = HistoryFigures.Group(instances: 9, completed: 6, failed: 2, rejected: 0, open: 1)
    return HistoryPack(
      name: PackName(window: window.name, .revision(1)), window: window, files: .fit, link: .first,
      head: HistoryPack.Head(
        asOf: window.to, toolVersion: "1", source: .server, server: "https://kf.example.com",
        account: "a", verdict: verdict, instances: 9),
      report: HistoryPack.Report(
        figures: HistoryFigures(
          all: group,
          byWorkflowType: [
            .init(
              workflowType: type, group: group,
              median: .init(value: 5000, low: 4000, high: nil), ninety: nil)
          ], serviceLevels: []),
        checks: [
          .init(
            id: "a", title: title, severity: "high", result: .failed, observed: "", reason: "")
        ],
        followUp: [.init(kind: "notice", text: title, section: "cover", ids: [], count: 1)]),
      hasPage: true)
  }

  @Test("Months and weeks stand in years, with what is missing between them")
  func otherPeriods() throws {
    let months = try [("2026-01-01", "2026-02-01"), ("2026-03-01", "2026-04-01")].map {
      pack(try window($0.0, $0.1))
    }
    let page = try page(months)
    #expect(page.contains("<h3>2026</h3>"))
    #expect(
      page.contains(
        "<span class=\"day missing-day\">February<span class=\"heard\"> 1–28 February 2026: missing</span></span>"
      ))
    #expect(page.contains("failing since 1–31 January 2026, in 2 reports."))
    let weeks = try self.page(
      try [("2026-01-26", "2026-02-02"), ("2026-02-02", "2026-02-09")].map {
        pack(try window($0.0, $0.1))
      })
    #expect(weeks.contains(">26 Jan – 1 Feb<") && weeks.contains(">2–8 Feb<"))
    #expect(weeks.contains("No gap"))
  }

  @Test("Days lie under their weekdays, and lead to their packs' pages")
  func days() throws {
    let days = try [("2026-10-01", "2026-10-02"), ("2026-10-03", "2026-10-04")].map {
      pack(try window($0.0, $0.1), .unproved)
    }
    let page = try page(days, archive: ["..", "my packs", "100%"])
    // 1 October 2026 is a Thursday.
    #expect(
      page.contains(
        "<li class=\"d4\"><a class=\"day review\" href=\"./../my%20packs/100%25/2026-10-01_2026-10-02/report.html\">1 "
      ))
    #expect(page.contains(">2<span class=\"heard\"> 2 October 2026: missing</span>"))
    #expect(
      page.contains(
        "No period is proved. The latest that is not: 3 October 2026 (not proved)."))
    #expect(page.contains("Not all proved"))
  }

  @Test("A hostile text is never anything but text", arguments: 1...60)
  func hostile(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let text = HostileText.random(using: &random)
    let plain = try page([pack(try window("2026-10-01", "2026-10-02"), title: "x", type: "x")])
    let page = try page([pack(try window("2026-10-01", "2026-10-02"), title: text, type: text)])
    func tags(_ page: String) -> [String] {
      page.utf8.split(separator: UInt8(ascii: "<")).dropFirst()
        .map { $0.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: ">") } }
        .map { String(decoding: $0, as: UTF8.self) }
        .filter { !["span", "/span", "bdi", "/bdi"].contains($0) }
    }
    #expect(tags(page) == tags(plain))
  }

  @Test("Seven years of nights make a page of a few megabytes")
  func sevenYears() throws {
    let packs = (0..<2500 as Range<Int64>).map { number in
      let from = CivilZone.utc.start(of: CivilDate(dayNumber: 18_000 + number))
      return pack(Window(from: from, to: from.advanced(byMilliseconds: 86_400_000), zone: .utc))
    }
    #expect(try page(packs).utf8.count < 6_000_000)
  }
}
