import AuditFetch
import AuditModel
import AuditPlan
import Foundation
import TestSupport
import Testing

@testable import AuditRun

@Suite("Servers with quirks, from the main job's side", .slow)
struct QuirkTests {
  private static func quirks(_ change: (inout ModelQuirks) -> Void) -> ModelQuirks {
    var quirks = ModelQuirks()
    change(&quirks)
    return quirks
  }

  /// A server that is no source of evidence.
  struct Refused: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var quirks: ModelQuirks
    var says: [String]
  }

  static let refused: [Refused] = [
    Refused(
      testDescription: "F81: ignores QueryString", quirks: quirks { $0.ignoresQuery = true },
      says: ["filter ignored", "API version", "pq."]),
    Refused(
      testDescription: "F82: understands only prefixed names and ignores the filter all the same",
      quirks: quirks {
        $0.wantsPrefix = true
        $0.ignoresQuery = true
      }, says: ["filter ignored"]),
    Refused(
      testDescription: "F87: returns more rows than asked for", quirks: quirks { $0.surplus = 1 },
      says: ["11 rows where 10 were asked for"]),
    Refused(
      testDescription: "F88: gives the same page for ever",
      quirks: quirks { $0.repeatsFirstPage = true }, says: ["filter ignored"]),
    Refused(
      testDescription: "F90: gives the rows of a page out of order",
      quirks: quirks { $0.shufflesPages = true }, says: ["out of order"]),
    Refused(
      testDescription: "F92: a total that is no number",
      quirks: quirks { $0.total = .text(["many"]) },
      says: ["X-Total-Count is not a number: many"]),
    Refused(
      testDescription: "F92: a negative total", quirks: quirks { $0.total = .text(["-1"]) },
      says: ["not a number: -1"]),
    Refused(
      testDescription: "F92: a total with a comma", quirks: quirks { $0.total = .text(["1,234"]) },
      says: ["1,234"]),
    Refused(
      testDescription: "F92: two totals", quirks: quirks { $0.total = .text(["5", "6"]) },
      says: ["5, 6"]),
    Refused(
      testDescription: "F92: the total of the whole table",
      quirks: quirks { $0.total = .wholeTable },
      says: ["X-Total-Count is 110", "nothing satisfies"]),
  ]

  @Test("A server whose answers could hide instances ends the run with 76", arguments: refused)
  func refusal(of server: Refused) async throws {
    let job = try QuirkJob(quirks: server.quirks)
    let error = try await job.failure()
    #expect(error.exitStatus == .brokenProtocol)
    for word in server.says { #expect(error.description.contains(word), "\(error)") }
    #expect(try job.disk().allSatisfy { $0 == ".kfaudit-read" })
  }

  @Test("F88: a page that comes again and again ends the run at the second one")
  func repeatedPage() async throws {
    let first = QuirkJob.rows().prefix(10).map { $0.json(statusAsInteger: false) }
    let job = try QuirkJob { _, asked, _ in
      guard asked.limit == 10 else { return nil }
      return .json("[\(first.joined(separator: ","))]", ["x-total-count": "110"])
    }
    let error = try await job.failure()
    #expect(error.exitStatus == .brokenProtocol)
    #expect(error.description.contains("no forward progress at id 119"))
    #expect(try job.disk().allSatisfy { $0 == ".kfaudit-read" })
  }

  /// A server that is asked in another way, and then gives the same rows.
  struct Adapted: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var quirks: ModelQuirks
    /// What the manifest says of it.
    var recorded: String
  }

  static let adapted: [Adapted] = [
    Adapted(
      testDescription: "F82: understands only prefixed names",
      quirks: quirks {
        $0.wantsPrefix = true
        $0.productVersion = nil
      }, recorded: "pq.queryString"),
    Adapted(
      testDescription: "F83: inverts SortAscending", quirks: quirks { $0.invertsSort = true },
      recorded: "SortAscending is inverted"),
    Adapted(
      testDescription: "F85: refuses the date literal", quirks: quirks { $0.refusesDates = true },
      recorded: "searched by ReferenceId"),
    Adapted(
      testDescription: "F89: counts pages from 0", quirks: quirks { $0.firstPage = 0 },
      recorded: "pages are counted from 0"),
    Adapted(
      testDescription: "F108: cuts dates to days", quirks: quirks { $0.truncatesDates = true },
      recorded: "additivity"),
    Adapted(
      testDescription: "inverts SortAscending and counts pages from 0",
      quirks: quirks {
        $0.invertsSort = true
        $0.firstPage = 0
      }, recorded: "pages are counted from 0"),
  ]

  @Test(
    "A server that wants to be asked otherwise is, and its rows are the same", arguments: adapted)
  func adaptation(to server: Adapted) async throws {
    let plain = try await QuirkJob.undisturbed()
    let job = try QuirkJob(quirks: server.quirks)
    let result = try await job.run()
    #expect(result.exitStatus == .complete)
    #expect(result.verdict == .proved)
    let preflight = try job.preflight()
    #expect(preflight.contains(server.recorded), "\(preflight)")
    try job.expectSameRows(as: plain)
  }

  @Test("F86: a server that returns fewer rows than asked for is asked for as many as it returns")
  func clamp() async throws {
    let plain = try await QuirkJob.undisturbed()
    let job = try QuirkJob(quirks: Self.quirks { $0.pageLimit = 4 })
    #expect(try await job.run().verdict == .proved)
    #expect(try job.findings().contains("PAGE_SIZE: The server returned 4 of 10"))
    #expect(job.server.requests.count { $0.limit == 10 } == 1)
    try job.expectSameRows(as: plain)
  }

  @Test(
    "Readers that share their parts read the same rows from a server that clamps, or does not count",
    arguments: [quirks { $0.pageLimit = 4 }, quirks { $0.total = .absent }])
  func sharing(quirks: ModelQuirks) async throws {
    let plain = try await QuirkJob.undisturbed()
    var job = try QuirkJob(quirks: quirks)
    job.job.options.concurrency = "16"
    job.job.options.acceptUnproved = true
    #expect(try await job.run().exitStatus == .complete)
    try job.expectSameRows(as: plain)
  }

  /// A server on which nothing can be proved, though it gives its rows.
  struct Doubtful: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var quirks: ModelQuirks
    var says: [String]
  }

  static let doubtful: [Doubtful] = [
    Doubtful(
      testDescription: "F83: ignores SortField", quirks: quirks { $0.ignoresSort = true },
      says: ["not sorted by ReferenceId", "by offset"]),
    Doubtful(
      testDescription: "F84: refuses ReferenceId as sort field",
      quirks: quirks { $0.refusedSortFields = ["ReferenceId"] },
      says: ["0xA011004A", "Invalid sort field", "by offset"]),
    Doubtful(
      testDescription: "F84: does not know ReferenceId in filters either",
      quirks: quirks {
        $0.refusedSortFields = ["ReferenceId"]
        $0.refusesReferenceID = true
      }, says: ["by offset"]),
    Doubtful(
      testDescription: "F84: and clamps pages",
      quirks: quirks {
        $0.refusedSortFields = ["ReferenceId"]
        $0.pageLimit = 7
      }, says: ["by offset"]),
    Doubtful(
      testDescription: "F91: announces no total", quirks: quirks { $0.total = .absent },
      says: ["cannot verify", "X-Total-Count"]),
    Doubtful(
      testDescription: "F91: announces no total and counts pages from 0",
      quirks: quirks {
        $0.total = .absent
        $0.firstPage = 0
      }, says: ["cannot verify"]),
    Doubtful(
      testDescription: "F93: counts one too many", quirks: quirks { $0.total = .matchingPlus(1) },
      says: ["expected 111, read 110", "Ranges checked"]),
    Doubtful(
      testDescription: "F93: counts one too few", quirks: quirks { $0.total = .matchingPlus(-1) },
      says: ["expected 109, read 110", "Ranges checked"]),
  ]

  @Test(
    "Where nothing can be proved the pack is published, watermarked, and says why",
    arguments: doubtful)
  func doubt(about server: Doubtful) async throws {
    let plain = try await QuirkJob.undisturbed()
    var job = try QuirkJob(quirks: server.quirks)
    let result = try await job.run()
    #expect(result.verdict == .unproved)
    #expect(result.exitStatus == .unproved)
    let reasons = try job.reasons()
    for word in server.says { #expect(reasons.contains(word), "\(reasons)") }
    #expect(String(decoding: try job.job.read("report.html"), as: UTF8.self).contains("watermark"))
    try job.expectSameRows(as: plain)
    job.job.options.acceptUnproved = true
    #expect(try await job.run().exitStatus == .complete)
  }

  @Test("F93: the counts of several parts are off as well", arguments: [4, 8])
  func offByOneInParts(concurrency: Int) async throws {
    for difference in [-1, 1] {
      var job = try QuirkJob(quirks: Self.quirks { $0.total = .matchingPlus(difference) })
      job.job.options.concurrency = "\(concurrency)"
      #expect(try await job.run().verdict == .unproved)
      #expect(try job.ids().count == 110)
    }
  }

  @Test("Counts of half of the rows end no part early, though they add up", arguments: [1, 4, 8])
  func half(concurrency: Int) async throws {
    let rows = (0..<160).map { ModelRow(101 + $0, start: QuirkJob.from + $0 * 3_600_000) }
    var job = try QuirkJob(rows, quirks: Self.quirks { $0.total = .oneOf(2) })
    job.job.options.concurrency = "\(concurrency)"
    #expect(try await job.run().verdict == .unproved)
    #expect(try job.ids().count == 160)
  }

  @Test(
    "F94, F95: no row, one row, a full page and one row more are proved", arguments: [0, 1, 10, 11])
  func fewRows(count: Int) async throws {
    let job = try QuirkJob(QuirkJob.rows(count))
    let result = try await job.run()
    #expect(result.exitStatus == .complete)
    #expect(result.verdict == .proved)
    #expect(try job.ids().count == count)
    if count == 0 {
      let page = String(decoding: try job.job.read("report.html"), as: UTF8.self)
      #expect(page.contains("No certificate workflow started in this period."))
      #expect(!page.contains("nan") && !page.contains("inf%"))
    }
  }

  @Test("F94: a server that misreads dates finds nothing, which its other counts contradict")
  func misreadDates() async throws {
    let plain = try await QuirkJob.undisturbed()
    let job = try QuirkJob(before: { _, asked, _ in
      asked.filter.contains("StartDate") ? .json("[]", ["x-total-count": "0"]) : nil
    })
    let result = try await job.run()
    #expect(result.verdict == .proved)
    #expect(try job.preflight().contains("dates may be misread"))
    #expect(try job.ids() == plain.ids())
  }

  @Test(
    "A question beside the population that a server cannot answer is said, and nothing is lost",
    arguments: [400, 500])
  func noBacklog(status: Int) async throws {
    let plain = try await QuirkJob.undisturbed()
    let job = try QuirkJob(before: { _, asked, _ in
      asked.filter.contains("Status -eq") ? .json("", status: status) : nil
    })
    let result = try await job.run()
    #expect(result.verdict == .proved)
    #expect(try job.findings().contains("NO_BACKLOG: "))
    let metrics =
      try JSONSerialization.jsonObject(with: job.job.report("metrics")) as? [String: Any]
    let backlog = try #require(metrics?["backlog"] as? [String: Any])
    #expect(backlog["older"] is NSNull)
    #expect(backlog["olderReason"] as? String != nil)
    try job.expectSameRows(as: plain)
  }

  @Test("Open instances from before the window are fetched, counted, and outside the cohort")
  func openBefore() async throws {
    var rows = QuirkJob.rows()
    for index in 0..<3 {
      var row = ModelRow(11 + Int64(index), start: QuirkJob.from - 40 * QuirkJob.step)
      row.status = ["Running", "Suspended", "Complete"][index]
      rows.append(row)
    }
    let plain = try await QuirkJob.undisturbed()
    let job = try QuirkJob(rows)
    #expect(try await job.run().verdict == .proved)
    #expect(try job.completeness()["openBefore"] as? Int == 2)
    try job.expectSameRows(as: plain)
    let metrics =
      try JSONSerialization.jsonObject(with: job.job.report("metrics")) as? [String: Any]
    let backlog = try #require(metrics?["backlog"] as? [String: Any])
    #expect(backlog["older"] as? Int == 2)
    #expect(backlog["olderReason"] is NSNull)
    let table = String(decoding: try job.job.read("tables/backlog.csv"), as: UTF8.self)
    #expect(table.split(separator: "\r\n").count { $0.contains(",true,") } == 2)
    #expect(
      try job.job.folder.names(in: "archive/latest/evidence/pages").contains {
        $0.hasPrefix("open-")
      })
  }

  @Test("F104: a jump of the reference ids is listed as a gap, and is no failure")
  func jump() async throws {
    var rows = QuirkJob.rows()
    for index in 50..<rows.count { rows[index].referenceID += 10_000 }
    for index in rows.indices {
      rows[index] = ModelRow(rows[index].referenceID, start: rows[index].start)
      rows[index].user = index.isMultiple(of: 2) ? "EX\\ada" : "EX\\bob"
    }
    let job = try QuirkJob(rows)
    #expect(try await job.run().verdict == .proved)
    let gaps = try #require(try job.completeness()["gaps"] as? [[String: Int]])
    #expect(gaps.contains(["first": 200, "last": 10_200]))
  }

  @Test("F105: rows of one user among many missing ids warn that the account may see only a part")
  func onlyOwnRows() async throws {
    var rows = QuirkJob.rows()
    for index in rows.indices {
      rows[index] = ModelRow(101 + 200 * Int64(index), start: rows[index].start)
      rows[index].user = index.isMultiple(of: 3) ? "EX\\ada" : "EX\\bob"
    }
    let job = try QuirkJob(rows, quirks: Self.quirks { $0.onlyUser = "EX\\ada" })
    let result = try await job.run()
    #expect(result.exitStatus == .complete)
    let findings = try job.findings()
    #expect(findings.contains("SCOPE: "))
    #expect(findings.contains("EX\\ada"))
    #expect(findings.contains("99 %"))
    #expect(
      String(decoding: try job.job.read("report.html"), as: UTF8.self).contains("only a part"))
  }

  @Test("F107: an undocumented status is counted and listed as it is")
  func unknownStatus() async throws {
    var rows = QuirkJob.rows()
    rows[3].status = "Paused"
    let job = try QuirkJob(rows)
    #expect(try await job.run().exitStatus == .complete)
    let metrics = String(decoding: try job.job.report("metrics"), as: UTF8.self)
    #expect(metrics.contains(#""unknown":1"#))
    #expect(String(decoding: try job.job.read("instances.csv"), as: UTF8.self).contains("Paused"))
  }
}
