import AuditModel
import AuditReduce
import Foundation
import Testing

@testable import AuditPlan
@testable import AuditRun

@Suite("The configuration file")
struct ConfigurationPlanTests {
  private func bench(_ text: String) -> PlanBench {
    var bench = PlanBench()
    bench.options.config = "/etc/kfaudit.yaml"
    bench.write(text, to: "/etc/kfaudit.yaml", mode: 0o644)
    return bench
  }

  @Test(
    "Aliases that stand for more than anybody could read are refused at once, also as keys",
    arguments: [
      "serviceUsers", "calendar", "statusMap", "nonsense", "gates",
    ], [false, true])
  func aliasBomb(key: String, isKey: Bool) {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      text +=
        "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ","))]\n"
    }
    text += isKey ? "? *a9\n: x\n" : "\(key): *a9\n"
    for option in [\AuditOptions.config, \AuditOptions.policy] {
      var bench = PlanBench()
      bench.options[keyPath: option] = "/bomb.yaml"
      bench.write(text, to: "/bomb.yaml")
      bench.expect(.configuration, "/bomb.yaml: ", "alias")
    }
  }

  @Test("Aliases that stand for what one writes once are read")
  func aliases() throws {
    var bench = PlanBench()
    bench.write(
      "calendar:\n  hours: {Monday: &day [\"09:00-17:00\"], Tuesday: *day, Friday: *day}\n",
      to: "/kfaudit.yaml")
    bench.options.config = "/kfaudit.yaml"
    #expect(try bench.plan().settings.calendar != nil)
  }

  @Test("Every key is used, and the bytes are kept")
  func keys() throws {
    let text = """
      # how we audit
      statusMap:
        3: running
        4: Complete
      approvalDefinitions: [9C996CD3-0F0E-4B0C-9F0F-6A4AD6B6B0D1, "{00000000-0000-0000-0000-000000000001}"]
      timeZone: Europe/Berlin
      formats:
        - csv
        - json
      pageSize: 250
      preparedFor: Internal Audit
      """
    let plan = try bench(text).plan()
    #expect(plan.statusMap == [3: .running, 4: .complete])
    #expect(
      plan.settings.approvalDefinitions.sorted().map(\.string) == [
        "00000000-0000-0000-0000-000000000001", "9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d1",
      ])
    #expect(plan.zone.identifier == "Europe/Berlin")
    #expect(plan.window?.zone.identifier == "Europe/Berlin")
    #expect(plan.formats == [.csv, .json])
    #expect(plan.pageSize == 250)
    #expect(plan.preparedFor == "Internal Audit")
    #expect(plan.configurationBytes == Array(text.utf8))
  }

  @Test("A flag is stronger than the file")
  func flags() throws {
    var bench = bench("timeZone: Europe/Berlin\nformats: [csv]\npageSize: 250\n")
    bench.options.timeZone = "UTC"
    bench.options.format = "html"
    bench.options.pageSize = "10"
    let plan = try bench.plan()
    #expect(plan.zone == .utc && plan.formats == [.html] && plan.pageSize == 10)
  }

  @Test("An empty file says nothing", arguments: ["", "# nothing\n", "---\n", "~", "{}"])
  func empty(text: String) throws {
    #expect(try bench(text).plan().pageSize == 500)
  }

  @Test(
    "F6: a mistake is told with file, line and column",
    arguments: [
      ("pageSize: 5\npagesize: 6\n", ":2:1", "Did you mean pageSize?"),
      ("policy: x\n", ":1:1", "there is no key 'policy'"),
      ("password: hunter2\n", ":1:1", "there is no key 'password'"),
      ("pageSize: many\n", ":1:11", "1 to 1000"),
      ("pageSize: [1]\n", ":1:11", "1 to 1000"),
      ("pageSize: 0\n", ":1:11", "1 to 1000"),
      ("pageSize:\n", "", "1 to 1000"),
      ("preparedFor: [us]\n", ":1:14", "1 to 200 characters"),
      ("pageSize: 5\npageSize: 6\n", ":2:1", "occurs twice"),
      ("timeZone: Mars/Olympus\n", ":1:11", "IANA"),
      ("timeZone: [UTC]\n", ":1:11", "IANA"),
      ("formats: csv\n", ":1:10", "list"),
      ("formats: []\n", ":1:10", "list"),
      ("formats: [csv, junitt]\n", ":1:16", "Did you mean junit?"),
      ("formats: [cvs]\n", ":1:11", "Did you mean csv?"),
      ("statusMap: [1]\n", ":1:12", "such as 3: Running"),
      ("statusMap:\n  one: Running\n", ":2:3", "integer"),
      ("statusMap:\n  1: Runing\n", ":2:6", "Did you mean Running?"),
      ("statusMap:\n  1: Running\n  01: Failed\n", ":3:3", "occurs once"),
      ("approvalDefinitions: [x]\n", ":1:23", "GUID"),
      ("approvalDefinitions: 9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d1\n", ":1:22", "list"),
      ("serviceLevels: [24h]\n", ":1:16", "mapping"),
      ("serviceLevels: {Enrollment: 4h}\n", ":1:29", "list"),
      ("serviceLevels: {Enrollment: [4]}\n", ":1:30", "a time such as"),
      ("serviceLevels: {Enrollment: [0h]}\n", ":1:30", "a time such as"),
      ("serviceUsers: [[a]]\n", ":1:16", "a user such as"),
      ("indicators: {ownRevocationDays: 0}\n", ":1:33", "1 to 3650"),
      ("indicators: {ownRevocation: 7}\n", ":1:14", "Did you mean ownRevocationDays?"),
      ("calendar: {}\n", ":1:11", "hours on at least one day"),
      ("calendar: {hours: {Munday: []}}\n", ":1:20", "Did you mean Monday?"),
      ("calendar: {hours: {Monday: [\"9-17\"]}}\n", ":1:29", "09:00-17:00"),
      ("calendar: {hours: {Monday: [\"17:00-09:00\"]}}\n", ":1:29", "09:00-17:00"),
      ("calendar: {hours: {Monday: [\"09:00-24:01\"]}}\n", ":1:29", "24:00"),
      (
        "calendar: {hours: {Monday: [\"09:00-12:00\", \"11:00-13:00\"]}}\n", ":1:28", "overlap"
      ),
      ("calendar: {timeZone: Mars, hours: {Monday: [\"09:00-17:00\"]}}\n", ":1:22", "IANA"),
      (
        "calendar: {hours: {Monday: [\"09:00-17:00\"]}, holidays: [2026-02-30]}\n", ":1:57",
        "a day that exists"
      ),
      ("titleRules: {phrase: a}\n", ":1:13", "list of rules"),
      ("titleRules: [a]\n", ":1:14", "Use a mapping"),
      ("titleRules:\n  - {phrase: '', action: enroll}\n", ":2:14", "1 to 200 characters"),
      ("titleRules:\n  - {action: enroll}\n", ":2:5", "phrase is missing"),
      ("titleRules:\n  - {phrase: ' a '}\n", ":2:5", "action is missing"),
      ("titleRules:\n  - {phrase: ' a ', action: enrol}\n", ":2:29", "Did you mean enroll?"),
      ("titleRules:\n  - {phrase: ' a ', action: other, user: b}\n", ":2:36", "no key 'user'"),
      (
        "titleRules:\n  - {phrase: ' a ', action: other}\n  - {phrase: ' a ', action: enroll}\n",
        ":3:5", "same text"
      ),
      ("failureClasses:\n  - {name: a}\n", ":2:5", "contains or startsWith is missing"),
      (
        "failureClasses:\n  - {name: a, contains: b, startsWith: c}\n", ":2:5",
        "exclude each other"
      ),
      ("failureClasses:\n  - {contains: b}\n", ":2:5", "name is missing"),
      ("failureClasses:\n  - {name: a, contains: ''}\n", ":2:25", "1 to 200 characters"),
      (
        "failureClasses:\n  - {name: unclassified, contains: b}\n", ":2:5",
        "built-in failure category"
      ),
      ("failureClasses:\n  - {name: '=1+1', contains: b}\n", ":2:5", "not a valid name"),
      (
        "failureClasses:\n  - {name: a, contains: b}\n  - {name: c, contains: B}\n", ":3:5",
        "same text"
      ),
      ("rejectedBy: [7]\n", ":1:13", "mapping"),
      ("rejectedBy: {seven: a}\n", ":1:14", "integer that occurs once"),
      ("rejectedBy: {7: a, 07: b}\n", ":1:20", "integer that occurs once"),
      ("rejectedBy: {7: ''}\n", ":1:17", "1 to 200 characters"),
      ("indicators: {batchEndsInstances: 1}\n", ":1:34", "2 to 100000"),
      ("- csv\n", ":1:1", "mapping"),
      ("just text\n", ":1:1", "mapping"),
      ("a: b: c\n", ":1:5", "mapping values are not allowed"),
      ("pageSize: 5\n---\npageSize: 6\n", ":2:1", "another document"),
      ("pageSize: *x\n", ":1:11", "undefined alias"),
      ("\u{FEFF}pageSize: 5\n", ":1:1", "byte order mark"),
    ])
  func mistakes(text: String, place: String, words: String) {
    bench(text).expect(.configuration, "/etc/kfaudit.yaml" + place, words)
  }

  @Test("What is said about metrics is used")
  func metrics() throws {
    let plan = try bench(
      """
      timeZone: Asia/Tokyo
      serviceLevels: {Enrollment: [90s, 4h], Revocation: []}
      serviceUsers: ["CORP\\\\SVC", client]
      indicators: {ownRevocationDays: 3, hastyApprovalSeconds: 30}
      calendar:
        hours: {Monday: ["13:00-24:00", "00:00-12:00"], Friday: []}
        holidays: [2026-12-25]
      """
    ).plan()
    let settings = plan.settings
    #expect(
      settings.serviceLevels == [Name("Enrollment"): [90_000, 14_400_000], Name("Revocation"): []])
    #expect(settings.serviceUsers == [Name("corp\\svc"), Name("client")])
    #expect(settings.ownRevocationDays == 3 && settings.hastyApprovalSeconds == 30)
    let calendar = try #require(settings.calendar)
    #expect(calendar.zone.identifier == "Asia/Tokyo")
    #expect(calendar.hours[0] == [0..<43_200_000, 46_800_000..<86_400_000])
    #expect(calendar.holidays.map(\.description) == ["2026-12-25"])
    #expect(
      plan.metrics
        == MetricKey.allCases.filter {
          !$0.needsDecisions && !$0.needsDefinitions && !$0.needsRules
        })
  }

  @Test("What a site teaches is used")
  func wordings() throws {
    let settings = try bench(
      """
      titleRules:
        - phrase: " is renewing certificate with "
          action: enroll
      failureClasses:
        - {name: itsm, contains: "ServiceNow"}
        - {name: itsm, startsWith: "Vault"}
      rejectedBy: {7: "KEYEXAMPLE\\\\mchan"}
      """
    ).plan().settings
    #expect(
      settings.wordings.titles == [
        .init(phrase: Name(" is renewing certificate with "), action: .enroll)
      ])
    #expect(
      settings.wordings.failures == [
        .init(name: Name("itsm"), text: Name("ServiceNow"), isPrefix: false),
        .init(name: Name("itsm"), text: Name("Vault"), isPrefix: true),
      ])
    #expect(settings.rejectedBy == [7: Name("KEYEXAMPLE\\mchan")])
  }

  @Test("Without a file the limits of Revocation hold, and nothing needs opening hours")
  func defaults() throws {
    var bench = PlanBench()
    let plan = try bench.plan()
    #expect(plan.settings.serviceLevels == [Name("Revocation"): [86_400_000, 432_000_000]])
    #expect(
      plan.metrics
        == MetricKey.allCases.filter {
          !$0.needsCalendar && !$0.needsDecisions && !$0.needsDefinitions && !$0.needsRules
        })
    bench.options.metrics = "offHours"
    bench.expect(.usage, "--metrics: offHours needs business hours")
  }

  @Test("The example says what holds without it, and has every setting in force")
  func example() throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../Examples/kfaudit.yaml").path
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let plan = try bench(text).plan()
    let plain = try PlanBench().plan()
    #expect(plan.settings.serviceLevels == plain.settings.serviceLevels)
    #expect(plan.settings.ownRevocationDays == plain.settings.ownRevocationDays)
    #expect(plan.settings.hastyApprovalSeconds == plain.settings.hastyApprovalSeconds)
    #expect(plan.settings.approvalDefinitions.isEmpty && plan.statusMap.isEmpty)
    #expect(plan.formats == plain.formats && plan.pageSize == plain.pageSize)
    #expect(plan.settings.calendar != nil)
    let keys = text.split(separator: "\n").filter { $0.first?.isLetter == true }
      .map { String($0.prefix { $0 != ":" }) }
    #expect(keys.sorted() == Configuration.keys)
  }

  @Test("Several mistakes in a file are told together")
  func together() {
    let mistakes = bench("pagesize: 5\ntimeZone: X\nformats: [a, b]\n").mistakes()
    #expect(mistakes.count == 4)
    #expect(mistakes.allSatisfy { $0.code.exitStatus == .configuration })
  }

  @Test("F5: a file that is not there is named")
  func missing() {
    var bench = PlanBench()
    bench.options.config = "/etc/kfaudit.yaml"
    bench.expect(.missingInput, "--config", "/etc/kfaudit.yaml", "does not exist")
    bench.options.config = "/denied.yaml"
    bench.expect(.missingInput, "permission denied")
    bench.options.config = "/etc/"
    bench.expect(.missingInput, "not a regular file")
  }

  @Test("A file that is too large or not UTF-8 is refused")
  func content() {
    bench(String(repeating: "#", count: (1 << 20) + 1)).expect(.configuration, "1 MiB")
    var bench = bench("")
    bench.files["/etc/kfaudit.yaml"] = NamedFile(bytes: [0x61, 0x3A, 0x20, 0xFF])
    bench.expect(.configuration, "UTF-8")
  }
}
