import AuditModel
import AuditPlan
import AuditReduce
import CommandSandbox
import Foundation
import TestSupport
import Testing

@testable import AuditFiles
@testable import AuditPacks
@testable import AuditRun

@Suite("The parts of a period, merged", .slow)
struct MergedPartsTests {
  /// Every metric that a merge of packs without definitions can have.
  private static let metrics = MetricKey.allCases
    .filter { !$0.needsEarlierPack && !$0.needsDefinitions }
    .map(\.rawValue).joined(separator: ",")

  @Test("The parts of a month give every figure of the whole", arguments: [1, 2])
  func parts(seed: UInt64) async throws {
    var options = SandboxOptions()
    options.instances = 400
    options.seed = seed
    options.hostilePercent = 10
    options.now = QuirkJob.now
    let sandbox = try await Sandbox.start(options)
    let pack = { (from: String, to: String) in
      var job = try MainJob()
      job.ask(sandbox)
      (job.options.from, job.options.to) = (from, to)
      job.options.metrics = Self.metrics
      try job.configure("calendar: {hours: {Monday: [\"09:00-17:00\"]}}")
      return PackCase(job: job, path: try await job.run().pack)
    }
    let whole = try await pack("2026-10-01", "2026-11-01")
    let edges = ["2026-10-01", "2026-10-09", "2026-10-10", "2026-10-20", "2026-11-01"]
    var parts: [PackCase] = []
    for (from, to) in zip(edges, edges.dropFirst()) { parts.append(try await pack(from, to)) }
    try await sandbox.stop()
    let merged = try await MergeCase(parts.shuffled()).report { $0.metrics = Self.metrics }
    let expected = try MergeCase.report(at: whole.path).object("metrics")
    let found = try merged.object("metrics")
    #expect(Set(found.keys) == Set(expected.keys))
    // A merge has no file of rows, of which captions speak.
    let withoutCaption = { (metric: Any?) -> NSObject? in
      guard var members = metric as? [String: Any] else { return metric as? NSObject }
      members["caption"] = nil
      return members as NSObject
    }
    for key in expected.keys where key != "normalisation" {
      let (one, other) = (withoutCaption(found[key]), withoutCaption(expected[key]))
      #expect(one == other, "\(key) differs")
    }
    let rules = { (metrics: [String: Any]) in
      try metrics.object("normalisation")["rules"] as? NSObject
    }
    #expect(try rules(found) == rules(expected))
    #expect(try merged.object("completeness")["verdict"] as? String == "proved")
  }
}
