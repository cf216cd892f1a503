import AuditFetch
import AuditModel
import AuditPlan
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import AuditRun

@Suite("Populations that change while they are read, from the main job's side")
struct DriftTests {
  /// Changes the rows once, when the second read begins: at the second request from the first id on.
  private static func beforeSecondRead(
    _ change: @escaping @Sendable (inout ModelServer.State) -> Void
  ) -> ModelServer.Interference {
    { _, asked, state in
      let isFirstPage = { (asked: ModelServer.Asked) in
        asked.limit == 10 && asked.filter.contains("ReferenceId -gt 0 AND")
          && asked.filter.contains("StartDate -ge")
      }
      if isFirstPage(asked), state.requests.count(where: isFirstPage) == 2 { change(&state) }
      return nil
    }
  }

  private func changes(_ job: QuirkJob) throws -> [[String: Any]] {
    try #require(try job.completeness()["changes"] as? [[String: Any]])
  }

  @Test("F96: what is inserted beyond the bound is not in the report, which is proved")
  func insertBeyond() async throws {
    let plain = try await QuirkJob.undisturbed()
    let job = try QuirkJob(
      before: Self.beforeSecondRead { state in
        state.put(ModelRow(1001, start: QuirkJob.from + QuirkJob.step))
      })
    #expect(try await job.run().verdict == .proved)
    try job.expectSameRows(as: plain)
  }

  @Test("F97: an instance that is committed late is included and named")
  func lateCommit() async throws {
    let job = try QuirkJob(
      before: Self.beforeSecondRead { state in
        state.put(ModelRow(142, start: QuirkJob.from + QuirkJob.step))
      })
    let result = try await job.run()
    #expect(result.verdict == .provedWithChanges)
    #expect(result.exitStatus == .complete)
    #expect(try job.reasons().contains("APPEARED_DURING_RUN: 142"))
    #expect(try job.ids().contains(142))
    #expect(try job.ids().count == 111)
    let change = try #require(try changes(job).first)
    #expect(change["kind"] as? String == "appeared")
    #expect(change["isVolatile"] as? Bool == false)
  }

  @Test("F98: an instance that is deleted between the reads is kept as it was, and named")
  func deletion() async throws {
    let job = try QuirkJob(before: Self.beforeSecondRead { $0.remove(141) })
    let result = try await job.run()
    #expect(result.verdict == .provedWithChanges)
    #expect(result.exitStatus == .complete)
    #expect(try job.reasons().contains("DELETED_DURING_RUN: 141"))
    #expect(try job.ids().contains(141))
    let versions = try #require(try changes(job).first?["versions"] as? [[String: Any]])
    #expect(versions.first?["page"] is String)
    #expect(versions.last?["page"] is NSNull)
  }

  @Test(
    "F99: of an instance that changes between the reads the newest version counts, both are evidence"
  )
  func update() async throws {
    let job = try QuirkJob(
      before: Self.beforeSecondRead { state in
        var row = state.rows[20]
        row.status = "Failed"
        row.lastModified += 60_000
        state.put(row)
      })
    let result = try await job.run()
    #expect(result.verdict == .provedWithChanges)
    #expect(result.exitStatus == .complete)
    #expect(try job.reasons().contains("UPDATED_DURING_RUN: 141"))
    let rows = String(decoding: try job.job.read("instances.ndjson"), as: UTF8.self)
    #expect(rows.split(separator: "\n").count == 110)
    #expect(rows.components(separatedBy: #""status":"Failed""#).count == 2)
    let versions = try #require(try changes(job).first?["versions"] as? [[String: Any]])
    let pages = Set(versions.compactMap { $0["page"] as? String })
    #expect(pages.count == 2)
    for page in pages { #expect(try !job.job.read(page).isEmpty) }
  }

  @Test(
    "The as-of instant is the end of the first read when the second shows the same, else of the second",
    arguments: [false, true])
  func asOf(changes: Bool) async throws {
    var rows = QuirkJob.rows()
    rows[20].lastModified = QuirkJob.now + 10 * 60_000
    var job = try QuirkJob(
      rows,
      before: Self.beforeSecondRead { state in
        state.now += 20 * 60_000
        if changes { state.put(ModelRow(142, start: QuirkJob.from + QuirkJob.step)) }
      })
    job.job.options.asOf = nil
    #expect(try await job.run().verdict == (changes ? .provedWithChanges : .proved))
    let report = String(decoding: try job.job.read("report.json"), as: UTF8.self)
    let asOf = Instant(milliseconds: QuirkJob.now + (changes ? 20 * 60_000 : 0))
    #expect(report.contains("\"asOf\" : \"\(asOf)\""))
    let lines = String(decoding: try job.job.read("instances.ndjson"), as: UTF8.self)
    #expect(lines.contains("futureDate") != changes)
  }

  @Test(
    "F100: an instance that never holds still is volatile; too many of them prove nothing",
    arguments: [(5, CompletenessDocument.Verdict.provedWithChanges), (21, .unproved)])
  func storm(rows: Int, verdict: CompletenessDocument.Verdict) async throws {
    let job = try QuirkJob { number, _, state in
      for index in 0..<rows {
        var row = state.rows[index * 4]
        row.lastModified = QuirkJob.now + Int64(number)
        state.put(row)
      }
      return nil
    }
    let result = try await job.run()
    #expect(result.verdict == verdict)
    #expect(result.exitStatus == (verdict == .unproved ? .unproved : .complete))
    #expect(try job.reasons().contains("VOLATILE: \(rows) instances"))
    #expect((try job.completeness()["volatile"] as? [Int])?.count == rows)
  }

  @Test("F101: two reads find what cancels out in the counts; counting alone does not, and says so")
  func cancellingOut() async throws {
    let swap = Self.beforeSecondRead { state in
      state.remove(141)
      state.put(ModelRow(142, start: QuirkJob.from + QuirkJob.step))
    }
    let twice = try QuirkJob(before: swap)
    #expect(try await twice.run().verdict == .provedWithChanges)
    #expect(try twice.reasons().contains("APPEARED_DURING_RUN: 142"))
    #expect(try twice.reasons().contains("DELETED_DURING_RUN: 141"))
    var once = try QuirkJob(before: swap)
    once.job.options.assurance = "counted"
    let result = try await once.run()
    #expect(result.exitStatus == .unproved)
    #expect(try once.completeness()["reads"] as? Int == 1)
    #expect(try once.reasons().contains("cannot be seen in this mode"))
  }

  @Test(
    "F106: a server that is away for 20 seconds between the reads costs retries, not the run",
    arguments: [1, 4])
  func restart(concurrency: Int) async throws {
    let plain = try await QuirkJob.undisturbed()
    let outage = Mutex<Int64?>(nil)
    var job = try QuirkJob(before: { (_, asked, state) throws(TransportError) in
      let second = state.requests.count { $0.filter.contains("-gt 0 AND") && $0.limit == 10 }
      let began = outage.withLock { began in
        if began == nil, second == 2 { began = state.now }
        return began
      }
      if let began, state.now < began + 20_000 {
        throw .unreachable(place: "kf.example:443", reason: "connection refused")
      }
      return nil
    })
    job.job.options.concurrency = String(concurrency)
    #expect(try await job.run().verdict == .proved)
    try job.expectSameRows(as: plain)
    let manifest = String(decoding: try job.job.read("manifest.json"), as: UTF8.self)
    #expect(manifest.contains(#""reason" : "connection""#))
  }
}
