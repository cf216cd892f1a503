import AuditModel
import AuditPlan
import AuditRun
import Testing

@Suite("The window of a plan")
struct WindowPlanTests {
  @Test(
    "From and to are days of the zone or instants",
    arguments: [
      ("2026-10-01", "2026-11-01", "UTC", "2026-10-01T00:00:00.000Z", "2026-11-01T00:00:00.000Z"),
      (
        "2026-10-01", "2026-11-01", "Europe/Berlin", "2026-09-30T22:00:00.000Z",
        "2026-10-31T23:00:00.000Z"
      ),
      (
        "2026-10-01T00:00:00-05:00", "2026-11-01", "UTC", "2026-10-01T05:00:00.000Z",
        "2026-11-01T00:00:00.000Z"
      ),
    ])
  func fromTo(from: String, to: String, zone: String, first: String, end: String) throws {
    var bench = PlanBench()
    bench.options.from = from
    bench.options.to = to
    bench.options.timeZone = zone
    let plan = try bench.plan()
    #expect(plan.window?.from.description == first)
    #expect(plan.window?.to.description == end)
    #expect(plan.zone.identifier == zone)
  }

  @Test("A period is seen from now, in the zone")
  func periodFromNow() throws {
    var bench = PlanBench()
    bench.options.from = nil
    bench.options.to = nil
    bench.options.period = "yesterday"
    bench.options.timeZone = "America/New_York"
    // It is still the 23rd in New York.
    #expect(try bench.plan().window?.from.description == "2026-11-22T05:00:00.000Z")
    #expect(try bench.plan().window?.to.description == "2026-11-23T05:00:00.000Z")
  }

  @Test("A period is seen from the as-of instant where there is one")
  func periodFromAsOf() throws {
    var bench = PlanBench()
    bench.options.from = nil
    bench.options.to = nil
    bench.options.period = "last-month"
    bench.options.asOf = "2026-03-05T00:00:00Z"
    let plan = try bench.plan()
    #expect(plan.window?.name == "2026-02-01_2026-03-01")
    #expect(plan.asOf?.description == "2026-03-05T00:00:00.000Z")
  }

  @Test(
    "F2: from must lie before to, and the message shows both in UTC",
    arguments: ["2026-11-01", "2026-12-01"])
  func order(from: String) {
    var bench = PlanBench()
    bench.options.from = from
    bench.options.timeZone = "Europe/Berlin"
    bench.expect(
      .usage, from == "2026-11-01" ? "2026-10-31T23:00:00.000Z" : "2026-11-30T23:00:00.000Z",
      "2026-10-31T23:00:00.000Z", "UTC")
  }

  @Test(
    "F4: a time that does not exist or says no zone is refused with the accepted forms",
    arguments: ["2026-02-30", "2026-10-01T00:00:00", "24:00", "2026-10-01T24:00:00Z", "", "soon"])
  func forms(text: String) {
    var bench = PlanBench()
    bench.options.from = text
    bench.expect(.usage, "--from", "2026-10-01T00:00:00Z", "2026-10-01T00:00:00+02:00")
  }

  @Test("A window needs both ends, or a period, and not both")
  func halves() {
    var bench = PlanBench()
    bench.options.to = nil
    bench.expect(.usage, "--to is missing")
    bench = PlanBench()
    bench.options.from = nil
    bench.expect(.usage, "--from is missing")
    bench.options.to = nil
    bench.expect(.usage, "no period is set", "--period")
    bench = PlanBench()
    bench.options.period = "2026-10"
    bench.expect(.usage, "--period and --from or --to")
    bench.options.from = nil
    bench.options.to = nil
    bench.options.period = "2026-13"
    bench.expect(.usage, "--period '2026-13'", "last-week")
  }

  @Test(
    "F3: a window that no server's clock can have seen the end of is refused before anything is asked",
    arguments: [
      ("2026-11-25T00:00:00Z", true), ("2026-11-25T00:00:01Z", false), ("2027-01-01", false),
    ])
  func settle(to: String, isSettled: Bool) {
    var bench = PlanBench()
    bench.options.to = to
    if isSettled {
      #expect(bench.mistakes().isEmpty)
    } else {
      bench.expect(
        .usage, "2026-11-24T00:00:00.000Z", "15 minutes", "--allow-open-window", "server's time")
      bench.options.allowOpenWindow = true
      #expect(bench.mistakes().isEmpty)
    }
  }

  @Test("An open window is nothing to saved pages and to the sandbox")
  func openElsewhere() {
    var bench = PlanBench()
    bench.options.server = nil
    bench.options.to = "2027-01-01"
    bench.options.pages = "saved"
    #expect(bench.mistakes().isEmpty)
    bench.options.pages = nil
    bench.options.sandbox = true
    #expect(bench.mistakes().isEmpty)
  }

  @Test("Without a window, saved pages say theirs and the sandbox fills the last month")
  func noWindow() throws {
    var bench = PlanBench()
    bench.options.server = nil
    bench.options.from = nil
    bench.options.to = nil
    bench.options.pages = "saved"
    #expect(try bench.plan().window == nil)
    bench.options.pages = nil
    bench.options.sandbox = true
    #expect(try bench.plan().window?.name == "2026-10-01_2026-11-01")
  }

  @Test("A window outside the years whose offsets are known is refused")
  func years() {
    var bench = PlanBench()
    bench.options.from = "1969-12-31"
    bench.expect(.usage, "1970 to 2099")
    bench = PlanBench()
    bench.options.allowOpenWindow = true
    bench.options.to = "2101-01-01"
    bench.expect(.usage, "1970 to 2099")
  }

  @Test(
    "A zone that does not exist is refused", arguments: ["Europe/Berln", "", "PST", "\u{1B}[2J"])
  func zones(name: String) {
    var bench = PlanBench()
    bench.options.timeZone = name
    bench.expect(.usage, "--time-zone", "Europe/Berlin")
    #expect(!bench.mistakes()[0].text.contains("\u{1B}"))
  }

  @Test("The as-of instant says its zone", arguments: ["2026-11-01", "2026-11-01T00:00:00", "now"])
  func asOf(text: String) {
    var bench = PlanBench()
    bench.options.asOf = text
    bench.expect(.usage, "--as-of", "2026-11-01T00:00:00Z")
  }
}
