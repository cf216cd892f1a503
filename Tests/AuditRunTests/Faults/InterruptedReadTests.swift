import AuditFetch
import AuditModel
import AuditPlan
import Foundation
import TestSupport
import Testing

@testable import AuditRun

@Suite("Reads that end before their end")
struct InterruptedReadTests {
  /// Whether a request is for a page of the first read.
  private static func isPage(_ asked: ModelServer.Asked) -> Bool {
    asked.limit == 10 && asked.filter.contains("StartDate -ge")
  }

  /// A server that cannot be reached any more after some pages.
  private static func failing(after pages: Int) -> ModelServer.Interference {
    { (_, asked, state) throws(TransportError) in
      if isPage(asked), state.requests.count(where: isPage) > pages {
        throw .unreachable(place: "kf.example:443", reason: "connection refused")
      }
      return nil
    }
  }

  @Test("What was read before the server went away is taken up by the same command")
  func resume() async throws {
    var job = try QuirkJob(before: Self.failing(after: 4))
    let error = try await job.failure()
    #expect(error.exitStatus == .unreachable)
    #expect(try job.disk() == [".kfaudit-read"])
    let plain = try await QuirkJob.undisturbed()
    job.server = ModelServer(QuirkJob.rows(), now: QuirkJob.now)
    job.job.network = job.server.network
    #expect(try await job.run().verdict == .proved)
    try job.expectSameRows(as: plain)
    // Read 1 begins after its fourth page; read 2 is read whole.
    let pages = job.server.requests.filter(Self.isPage)
    #expect(pages.first?.filter.contains("ReferenceId -gt 179 AND") == true)
    #expect(pages.contains { $0.filter.contains("ReferenceId -gt 0 AND") })
    #expect(plain.server.requests.count - job.server.requests.count == 4)
    #expect(try job.disk() == ["2026-10-01_2026-11-01", "latest"])
  }

  @Test("Another command, or the same seven hours later, begins anew", arguments: [true, false])
  func notResumed(isOther: Bool) async throws {
    var job = try QuirkJob(before: Self.failing(after: 4))
    _ = try await job.failure()
    job.server = ModelServer(QuirkJob.rows(), now: QuirkJob.now)
    job.job.network = job.server.network
    if isOther {
      job.job.options.pageSize = "20"
    } else {
      job.job.now = job.job.now.advanced(byMilliseconds: 7 * 3_600_000)
    }
    #expect(try await job.run().verdict == .proved)
    #expect(job.server.requests.contains { $0.limit > 1 && $0.filter.contains("-gt 0 AND") })
    #expect(try job.ids().count == 110)
  }

  @Test("--keep-partial keeps what was read, watermarked, under a name that no complete pack has")
  func partial() async throws {
    var job = try QuirkJob(before: Self.failing(after: 4))
    job.job.options.keepPartial = true
    _ = try await TestKeys.forPacks(in: job.job.folder)
    job.job.options.signKey = job.job.folder("id")
    let error = try await job.failure()
    #expect(error.exitStatus == .unreachable)
    let name = "2026-10-01_2026-11-01.INCOMPLETE"
    #expect(try job.disk() == [".kfaudit-read", name])
    let files = try job.job.folder.names(in: "archive/\(name)")
    #expect(!files.contains("SHA256SUMS"))
    #expect(!files.contains("VERIFY.txt"))
    let page = String(
      decoding: try job.job.folder.read("archive/\(name)/report.html"), as: UTF8.self)
    #expect(page.contains("watermark"))
    #expect(page.contains("Incomplete"))
    let report =
      try JSONSerialization.jsonObject(
        with: Data(job.job.folder.read("archive/\(name)/report.json"))) as? [String: Any]
    let completeness = report?["completeness"] as? [String: Any]
    #expect(completeness?["verdict"] as? String == "incomplete")
    #expect(completeness?["rows"] as? Int == 40)
    // It has a key, and is not signed all the same.
    #expect(try report?.object("cover").object("pack")["signer"] is NSNull)
    // Once more: the old one makes room.
    _ = try await job.failure()
    #expect(try job.disk() == [".kfaudit-read", name])
  }

  @Test("F62: a run that takes longer than it may ends with 75 and says how to go on")
  func deadline() async throws {
    var job = try QuirkJob { _, asked, state in
      if Self.isPage(asked) { state.now += 60_000 }
      return nil
    }
    job.job.options.deadline = "5m"
    let error = try await job.failure()
    #expect(error.exitStatus == .tryLater)
    #expect(error.description.contains("deadline of 300 s"))
    #expect(error.description.contains("60 of 110 rows of read 1"))
    #expect(error.description.contains("within six hours to resume"))
    #expect(try job.disk() == [".kfaudit-read"])
  }

  @Test("F3: a window that has not settled by the server's clock is refused", arguments: [14, 15])
  func settle(minutes: Int64) async throws {
    let end: Int64 = 1_793_491_200_000
    var job = try QuirkJob()
    job.server = ModelServer(QuirkJob.rows(), now: end + minutes * 60_000)
    job.job.now = Instant(milliseconds: end + minutes * 60_000)
    job.job.network = job.server.network
    guard minutes < 15 else {
      #expect(try await job.run().exitStatus == .complete)
      return
    }
    let error = try await job.failure()
    #expect(error.exitStatus == .usage)
    for word in ["2026-11-01T00:14:00.000Z", "15 minutes", "--allow-open-window", "the server's"] {
      #expect(error.description.contains(word))
    }
    #expect(try job.disk().isEmpty)
    job.job.options.allowOpenWindow = true
    #expect(try await job.run().exitStatus == .complete)
  }

  @Test(
    "F15: clocks that differ are recorded; a day and more apart, no window means the same to both",
    arguments: [3, 25])
  func skew(hours: Int64) async throws {
    var quirks = ModelQuirks()
    quirks.clockAhead = hours * 3_600_000
    let job = try QuirkJob(quirks: quirks)
    guard hours > 24 else {
      #expect(try await job.run().exitStatus == .complete)
      #expect(try job.preflight().contains("10800 s ahead of this machine's"))
      return
    }
    let error = try await job.failure()
    #expect(error.exitStatus == .configuration)
    #expect(error.description.contains("90000 s apart"))
    #expect(try job.disk().isEmpty)
  }
}
