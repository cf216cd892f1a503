import AuditModel
import AuditPlan
import Foundation
import TestSupport
import Testing

@testable import AuditFiles
@testable import AuditPacks
@testable import AuditReduce
@testable import AuditReport
@testable import AuditRun

/// Requests that wait for something, by workflow type: all that a new metric needs.
private struct WaitingMetric: Metric {
  static let key = MetricKey("waiting")
  static let figures: [ReportFigure] = [
    .single("waiting", "total", .count),
    ReportFigure(
      "waiting.share", .ratio, in: "waiting.byWorkflowType", by: ["workflowType"],
      .rate(n: "instances")),
  ]

  static let keyFigures = [
    KeyFigure("Requests that wait", figures[0]), KeyFigure("Share that waits", figures[1]),
  ]

  private var waiting: [Name?: Int] = [:]

  init(plan: ReductionPlan) {}

  mutating func add(_ instance: borrowing BatchedInstance) {
    if instance.status.isOpen { waiting[instance.definition.workflowType, default: 0] += 1 }
  }

  mutating func merge(_ other: WaitingMetric) {
    waiting.merge(other.waiting, uniquingKeysWith: +)
  }

  private struct Row {
    var type: String?
    var waiting: Int
    var instances: Int
    var rate: RateDocument { WilsonInterval.rate(waiting, of: instances) }
  }

  func finish(_ cohort: Cohort) -> MetricSection {
    let rows = cohort.totals.byType.map { type, tally in
      Row(type: type?.string, waiting: waiting[type] ?? 0, instances: tally.total)
    }.sorted { ($0.type ?? "") < ($1.type ?? "") }
    return MetricSection(
      key: Self.key.rawValue, title: "Waiting requests", caption: "Requests that wait.",
      sentences: ["\(DisplayFormat.count(rows.map(\.waiting).reduce(0, +), "request")) wait."],
      figures: [
        Figure(
          "total", "Waiting", .count, about: "Open requests.",
          .count(rows.map(\.waiting).reduce(0, +)))
      ],
      charts: [
        .rows(
          .counts(
            "Waiting by type", by: "Workflow type", of: "Requests",
            rows.map { (name: "\(name: $0.type)", count: $0.waiting) }))
      ],
      tables: [
        MetricTable(
          .init(key: "byWorkflowType", file: "waiting"), title: "Waiting by workflow type",
          columns: [
            Column("workflow_type", "Workflow type", .text, about: "The type of workflow.") {
              .text($0.type)
            },
            Column("instances", "n", .count, about: "Instances.") { .count($0.instances) },
          ] + Column.rate("Waiting", about: "Waiting ÷ n.") { $0.rate }, rows: rows)
      ])
  }
}

@Suite("A metric in one file and one line")
struct NewMetricTests {
  private func json(_ path: String) throws -> JSONValue {
    try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: URL(filePath: path)))
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: URL(filePath: path), encoding: .utf8)
  }

  /// Checks what the history of an archive with one pack has of the metric.
  private func checkHistory(of archive: String, total: Int64) async throws {
    let page = try HistoryRun(archive: archive, out: nil).run().page
    let history = try json("\(archive)/history.json")
    guard case .array(let packs) = history["packs"],
      case .array(let declared) = packs[0]["figures"]?["declared"]
    else { throw CocoaError(.coderReadCorrupt) }
    #expect(declared.first?["figure"] == .string("waiting.total"))
    #expect(declared.first?["value"] == .integer(total) && declared.first?["group"] == .null)
    #expect(declared.dropFirst().allSatisfy { $0["figure"] == .string("waiting.share") })
    #expect(declared.count > 1 && declared.last?["low"] != .null)
    let head = try text("\(archive)/history.csv").split(separator: "\r\n").first ?? ""
    #expect(head.contains(",figure:waiting.total,figure:waiting.share:"))
    let drawn = try text(page)
    #expect(drawn.contains("Requests that wait") && drawn.contains("Share that waits"))
    if await SchemaValidator.isUsable() {
      let answer = try await SchemaValidator.validate(
        ["\(archive)/history.json"], against: SchemaValidator.schema(of: "history"))
      #expect(answer.status == 0, "\(answer.lines)")
    }
  }

  @Test("is in report.json, tables, page, schema, gates, comparison and history")
  func places() async throws {
    try await MetricCatalogue.$all.withValue(MetricCatalogue.all + [WaitingMetric.self]) {
      var server = try QuirkJob()
      try server.job.folder.write(
        """
        gates:
          - {id: total, metric: waiting.total, max: 0, title: Nobody waits}
          - {id: share, metric: waiting.share, max: 100%}
        """, to: "policy.yaml")
      server.job.options.policy = server.job.folder("policy.yaml")
      server.job.options.format = "html,json,csv,ndjson"
      let first = try await server.run().pack
      server.job.options.previous = first
      server.job.options.out = server.job.folder("later")
      let second = try await server.run().pack

      let report = try json("\(first)/report.json")
      let section = try #require(report["metrics"]?["waiting"])
      guard case .integer(let total) = section["total"] else { throw CocoaError(.coderReadCorrupt) }
      #expect(section["byWorkflowType"] != nil)

      #expect(try text("\(first)/tables/waiting.csv").hasPrefix("workflow_type,instances,rate"))
      let page = try text("\(first)/report.html")
      #expect(page.contains("</span> Waiting requests</h2>") && page.contains("Waiting by type"))
      let package = try text("\(first)/datapackage.json")
      #expect(package.contains("tables/waiting.csv"))

      let work = try Reperformance(of: PublishedPack(at: first), workers: 2)
      let metrics = try await work.perform(into: DigestedFiles()).report.document.metrics
      let own = try #require(metrics.sections.first { $0.key == "waiting" })
      let schema = MetricSchema(section: own).object["properties"] as? [String: Any]
      #expect(schema?.keys.sorted() == ["byWorkflowType", "caption", "total"])

      guard case .array(let gates) = report["gates"] else { throw CocoaError(.coderReadCorrupt) }
      #expect(gates.map { $0["id"] } == [.string("total"), .string("share")])
      #expect(gates.first?["result"] == .string(total > 0 ? "failed" : "passed"))
      #expect(gates.last?["result"] == .string("passed"))

      let difference = try await DiffRun(old: first, new: second, workers: 2).run().json()
      #expect(String(decoding: difference, as: UTF8.self).contains("\"waiting.share\""))
      let previous = try text("\(second)/evidence/inputs/previous.json")
      #expect(previous.contains("\"waiting.total\"") && previous.contains("\"waiting.share\""))

      try await checkHistory(of: server.job.folder("archive"), total: total)
    }
  }
}
