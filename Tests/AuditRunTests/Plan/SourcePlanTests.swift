import AuditModel
import AuditReduce
import AuditRun
import Testing

@testable import AuditPlan

@Suite("The source and the output of a plan")
struct SourcePlanTests {
  @Test("Defaults are those of the contract")
  func defaults() throws {
    let plan = try PlanBench().plan()
    #expect(plan.archive == "kfaudit-archive")
    #expect(plan.formats == [.csv, .json, .ndjson, .html])
    #expect(
      plan.metrics
        == MetricKey.allCases.filter {
          !$0.needsCalendar && !$0.needsDecisions && !$0.needsDefinitions && !$0.needsRules
        })
    #expect(plan.pageSize == 500)
    #expect(plan.zone == .utc)
    #expect(plan.source.kind == .server)
    #expect(plan.asOf == nil && plan.templateFolder == nil && plan.configurationBytes == nil)
    #expect(!plan.acceptUnproved && !plan.excel && !plan.allowOpenWindow)
  }

  @Test("What was said is in the plan")
  func said() throws {
    var bench = PlanBench()
    bench.options.server = nil
    bench.options.pages = "saved"
    bench.options.linkPages = true
    bench.options.out = "archive"
    bench.options.template = "house"
    bench.options.format = " csv,html,csv "
    bench.options.metrics = "trend,population"
    bench.options.pageSize = "1000"
    bench.options.acceptUnproved = true
    bench.options.excel = true
    let plan = try bench.plan()
    #expect(plan.source == .instances(.pages(folder: "saved", link: true)))
    #expect(plan.source.kind == .pages)
    #expect(plan.archive == "archive" && plan.templateFolder == "house")
    #expect(plan.formats == [.csv, .html])
    #expect(plan.metrics.map(\.rawValue) == ["population", "trend"])
    #expect(plan.pageSize == 1000 && plan.acceptUnproved && plan.excel)
  }

  @Test("A sandbox takes its numbers")
  func sandbox() throws {
    var bench = PlanBench()
    bench.options.server = nil
    bench.options.sandbox = true
    bench.options.sandboxInstances = "5000"
    bench.options.sandboxSeed = "18446744073709551615"
    bench.options.sandboxHostile = "5"
    let request = SandboxRequest(instances: 5000, seed: .max, hostilePercent: 5)
    #expect(try bench.plan().source == .sandbox(request))
    #expect(try bench.plan().source.kind == .sandbox)
  }

  @Test(
    "A sandbox number out of bounds is refused",
    arguments: [
      ("-1", "1", "1"), ("x", "1", "1"), ("1", "-1", "1"), ("1", "1", "101"), ("1", "1", ""),
    ])
  func sandboxBounds(instances: String, seed: String, hostile: String) {
    var bench = PlanBench()
    bench.options.server = nil
    bench.options.sandbox = true
    bench.options.sandboxInstances = instances
    bench.options.sandboxSeed = seed
    bench.options.sandboxHostile = hostile
    bench.expect(.usage, "--sandbox-")
  }

  @Test("Two sources are one too many")
  func twoSources() {
    var bench = PlanBench()
    bench.options.pages = "saved"
    bench.expect(.usage, "--pages and --server")
    bench.options.server = nil
    bench.options.sandbox = true
    bench.expect(.usage, "--pages and --sandbox")
  }

  @Test("An option that means something only beside another one is refused without it")
  func companions() {
    var bench = PlanBench()
    bench.options.linkPages = true
    bench.expect(.usage, "--link-pages", "--pages")
    bench = PlanBench()
    bench.options.sandboxSeed = "1"
    bench.expect(.usage, "--sandbox-seed", "--sandbox")
  }

  @Test(
    "A format that is not there is refused, with the nearest one",
    arguments: [
      ("junitt", "Did you mean junit?"),
      ("markdwn", "Did you mean markdown?"), ("metric", "Did you mean metrics?"),
      ("cvs", "Did you mean csv?"), ("CSV", "Did you mean csv?"),
      ("parquet", "csv, json, ndjson, html"),
      ("", "empty"), (",", "empty"),
    ])
  func formats(text: String, words: String) {
    var bench = PlanBench()
    bench.options.format = text
    bench.expect(.usage, "--format", words)
  }

  @Test("A metric that is not there is refused with the nearest one")
  func metrics() {
    var bench = PlanBench()
    bench.options.metrics = "populaton"
    bench.expect(.usage, "--metrics", "Did you mean population?")
  }

  @Test("A page size out of bounds is refused", arguments: ["0", "1001", "-5", "many", "", "1e3"])
  func pageSizes(text: String) {
    var bench = PlanBench()
    bench.options.pageSize = text
    bench.expect(.usage, "--page-size", "1 to 1000")
  }

  @Test("An empty folder name is refused")
  func folders() {
    var bench = PlanBench()
    bench.options.out = ""
    bench.expect(.usage, "--out")
    bench = PlanBench()
    bench.options.template = ""
    bench.expect(.usage, "--template")
  }

  @Test("All mistakes are told at once, and the command line decides the status")
  func together() throws {
    var bench = PlanBench()
    bench.options.server = "http://kf.example.com"
    bench.options.config = "/missing.yaml"
    bench.options.timeZone = "Mars/Olympus"
    bench.options.format = "junitt"
    #expect(bench.mistakes().count == 4)
    let error = try #require(throws: PlanError.self) { try bench.plan() }
    #expect(error.exitStatus == .usage)
    bench.options.timeZone = nil
    bench.options.format = nil
    #expect(try #require(throws: PlanError.self) { try bench.plan() }.exitStatus == .missingInput)
    bench.options.config = nil
    #expect(try #require(throws: PlanError.self) { try bench.plan() }.exitStatus == .configuration)
  }
}
