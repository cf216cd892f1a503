import AuditPlan
import Foundation
import SafeGzip
import TestSupport
import Testing

@testable import AuditRun

/// The figures of published packs against Tests/Oracle, which shares no code with the program.
@Suite(
  "The oracles", .slow,
  .enabled(
    "python3 lacks modules: pip install -r Tests/Oracle/requirements.txt", Oracle.isUsable))
struct OracleTests {
  /// Twenty, or as many as `KFAUDIT_ORACLE_SEEDS` says.
  private static let seeds =
    ProcessInfo.processInfo.environment["KFAUDIT_ORACLE_SEEDS"].flatMap(Int.init) ?? 20

  /// A pack of random rows, as of the last day but one of the window, or of one that is only half covered.
  private func pack(_ seed: Int) async throws -> (job: MainJob, path: String) {
    let rows = RandomRows(seed: seed)
    var job = try MainJob()
    try job.folder.makeFolder("pages")
    try job.folder.write(rows.page, to: "pages/a.json")
    try job.configure(rows.configuration)
    job.options.pages = job.folder("pages")
    job.options.from = "2026-10-01"
    job.options.to = seed.isMultiple(of: 5) ? "2026-10-22T13:30:00Z" : "2026-11-01"
    job.options.timeZone = rows.zone
    job.options.asOf = "2026-10-30T06:00:00Z"
    try job.folder.write(RandomRules(seed: seed, count: 60).policy, to: "policy.yaml")
    job.options.policy = job.folder("policy.yaml")
    try job.folder.write(RandomDecisions(seed: seed).csv, to: "decisions \(seed).csv")
    job.options.approvals = job.folder("decisions \(seed).csv")
    return (job, try await job.run().pack)
  }

  @Test("agree on every figure of every seed")
  func agreement() async throws {
    var packs: [(job: MainJob, path: String)] = []
    for seed in 0..<Self.seeds { packs.append(try await pack(seed)) }
    // A seed that holds none of what is looked for would agree too.
    for (metric, key) in Self.rare {
      let holds = try packs.contains { try Self.holds(metric, key, in: $0.path) }
      #expect(holds, "no seed has \(metric).\(key)")
    }
    for oracle in Oracle.ofFigures {
      let (status, output) = try await oracle.judge(packs.map(\.path))
      #expect(status == 0, "\(output)")
      #expect(output.split(separator: "\n").count { $0.hasPrefix("agreement: ") } == packs.count)
    }
  }

  /// A pack of pages that are hostile in every way; without a window of its own now and then.
  private func hostilePack(_ seed: Int, format: String = "csv,json,ndjson") async throws -> (
    job: MainJob, path: String
  ) {
    let rows = HostileRows(seed: seed)
    var job = try MainJob()
    try job.folder.makeFolder("pages")
    for (number, body) in rows.pages.enumerated() {
      var compressor = try GzipCompressor()
      let isCompressed = number == 2
      let bytes = Array(body.utf8)
      try Data(isCompressed ? compressor.compress(bytes) : bytes).write(
        to: URL(filePath: job.folder("pages/\(number).json\(isCompressed ? ".gz" : "")")))
    }
    try job.configure(rows.configuration)
    job.options.pages = job.folder("pages")
    job.options.format = format
    // Few rows may have no start from which a window follows.
    if seed % 4 != 1 || seed % 5 < 2 {
      job.options.from = "2026-10-01"
      job.options.to = "2026-10-25"
    }
    try job.folder.write(RandomRules(seed: seed, count: 40).policy, to: "policy.yaml")
    job.options.policy = job.folder("policy.yaml")
    job.options.asOf = seed.isMultiple(of: 3) ? "2026-10-20T06:00:00Z" : "2026-10-31T06:00:00Z"
    return (job, try await job.run().pack)
  }

  @Test("agree on every row and figure of pages that are hostile in every way")
  func hostileAgreement() async throws {
    var packs: [(job: MainJob, path: String)] = []
    for seed in 0..<Self.seeds { packs.append(try await hostilePack(seed)) }
    let (status, output) = try await Oracle.recompute.judge(packs.map(\.path))
    #expect(status == 0, "\(output)")
    #expect(output.split(separator: "\n").count { $0.hasPrefix("agreement: ") } == packs.count)
  }

  @Test(
    "agree on every row and figure of a server's pages, some of which changed while they were read")
  func serverAgreement() async throws {
    let pack = try await PackCase.server()
    let (status, output) = try await Oracle.recompute.judge([pack.path])
    #expect(status == 0, "\(output)")
  }

  @Test(
    "notice one wrong value in any column of the rows",
    arguments: ["instances.ndjson", "instances.csv"])
  func wrongValue(file: String) async throws {
    let isTable = file.hasSuffix(".csv")
    let (job, path) = try await hostilePack(8, format: isTable ? "csv,json" : "ndjson,json")
    let text = String(decoding: try job.read(file), as: UTF8.self)
    let columns = [
      "outcome", "failure_class", "step_name", "step_unique_name", "user", "user_kind", "action",
      "common_name", "status", "start", "last_modified", "duration_ms", "title_rule",
      "definition_id",
      "step_id", "data_quality",
    ]
    let names = isTable ? columns : columns.map(Self.camelCase)
    for name in names {
      let copy = job.folder("spoiled/\(name)")
      try FileManager.default.createDirectory(
        atPath: job.folder("spoiled"), withIntermediateDirectories: true)
      try FileManager.default.copyItem(atPath: path, toPath: copy)
      let wrong = try isTable ? Self.spoiledTable(text, name) : Self.spoiledLines(text, name)
      try FileManager.default.removeItem(atPath: "\(copy)/\(file)")
      try Data(wrong.utf8).write(to: URL(filePath: "\(copy)/\(file)"))
    }
    let (status, output) = try await Oracle.recompute.judge(
      names.map { job.folder("spoiled/\($0)") })
    #expect(status == 1)
    for name in names {
      let isNoticed = output.split(separator: "\n").contains {
        $0.contains("/spoiled/\(name): \(file) ") && $0.contains(".\(name)")
      }
      #expect(isNoticed, "\(name)")
    }
    let ends = output.split(separator: "\n").count {
      $0.hasPrefix("disagreement: 0 of ") && $0.hasSuffix(" figures, 1 values of rows")
    }
    #expect(ends == names.count)
  }

  private static func camelCase(_ column: String) -> String {
    let words = column.split(separator: "_")
    return words.dropFirst().reduce(String(words[0])) { $0 + $1.capitalized }
  }

  /// Lines of JSON with another value under a key of the first row that has one.
  private static func spoiledLines(_ text: String, _ key: String) throws -> String {
    var lines = text.split(separator: "\n").map(String.init)
    for (index, line) in lines.enumerated() {
      guard var row = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      else { continue }
      switch row[key] {
      case let text as String: row[key] = text + "x"
      case let number as Int: row[key] = number + 1
      case let flags as [String] where !flags.isEmpty: row[key] = [String]()
      default: continue
      }
      lines[index] = String(
        decoding: try JSONSerialization.data(withJSONObject: row), as: UTF8.self)
      return lines.joined(separator: "\n") + "\n"
    }
    return text
  }

  /// A table with another word in a column of the first row, which is written without quotes.
  private static func spoiledTable(_ text: String, _ column: String) throws -> String {
    let header = try #require(text.split(separator: "\r\n").first).split(separator: ",")
    let index = try #require(header.firstIndex { $0.elementsEqual(column) })
    var lines = text.components(separatedBy: "\r\n")
    let row = try #require(
      lines.dropFirst().firstIndex {
        $0.split(separator: ",", omittingEmptySubsequences: false).count == header.count
          && !$0.contains("\"")
      })
    var cells = lines[row].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    cells[index] += "x"
    lines[row] = cells.joined(separator: ",")
    return lines.joined(separator: "\r\n")
  }

  private static let rare = [
    ("restarts", "chains"), ("repeatFailures", "list"), ("repeatFailures", "endedComplete"),
    ("indicators", "ownRevocations"), ("indicators", "hastyApprovals"), ("offHours", "list"),
    ("indicators", "refusals"), ("indicators", "bypasses"), ("indicators", "batches"),
    ("indicators", "requesters"),
    ("backlog", "older"), ("backlog", "approvalsOutstanding"), ("firstPassYield", "byAction"),
    ("approvals", "linked"), ("approvals", "unlinked"), ("approvals", "duplicates"),
    ("approvals", "otherRows"), ("approvals", "decided"), ("approvals", "withoutUser"),
    ("approvals", "afterEnd"), ("approvals", "beforeStart"), ("approvals", "outsideHours"),
    ("approvals", "decisionTime"), ("approvals", "deciders"),
  ]

  /// Whether a member of a metric is a list with elements, or a number that is not 0.
  private static func holds(_ metric: String, _ key: String, in pack: String) throws -> Bool {
    let data = try Data(contentsOf: URL(filePath: "\(pack)/report.json"))
    let report = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    let metrics = report?["metrics"] as? [String: Any]
    let value = (metrics?[metric] as? [String: Any])?[key]
    if let list = value as? [Any] { return !list.isEmpty }
    return value as? Int ?? 0 > 0
  }

  @Test("notice one wrong figure in any metric", arguments: Oracle.ofFigures)
  func disagreement(oracle: Oracle) async throws {
    let (job, path) = try await pack(9)
    let file = URL(filePath: "\(path)/report.json")
    let report = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
    var wrong = try #require(report)
    var metrics = try #require(wrong["metrics"] as? [String: Any])
    for (metric, value) in metrics where metric != "changes" {
      metrics[metric] = Self.spoiled(value) ?? value
    }
    wrong["metrics"] = metrics
    try job.folder.write(
      String(decoding: try JSONSerialization.data(withJSONObject: wrong), as: UTF8.self),
      to: "wrong.json")
    try FileManager.default.removeItem(at: file)
    try FileManager.default.moveItem(at: URL(filePath: job.folder("wrong.json")), to: file)
    let (status, output) = try await oracle.judge([path])
    #expect(status == 1)
    for metric in metrics.keys where metric != "changes" {
      #expect(output.contains("/\(path.split(separator: "/").last ?? ""): \(metric)"), "\(metric)")
    }
  }

  @Test("notice one wrong value under each key of approvals")
  func wrongDecision() async throws {
    let (job, path) = try await pack(8)
    let data = try Data(contentsOf: URL(filePath: "\(path)/report.json"))
    let report = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let metrics = try #require(report["metrics"] as? [String: Any])
    let approvals = try #require(metrics["approvals"] as? [String: Any])
    // Words, and what is a list of words.
    let keys = approvals.keys.filter { !["caption", "file", "unusedColumns"].contains($0) }.sorted()
    try FileManager.default.createDirectory(
      atPath: job.folder("spoiled"), withIntermediateDirectories: true)
    for key in keys {
      var (wrong, spoiled) = (approvals, metrics)
      guard let value = approvals[key], var other = Self.spoiled(value) else {
        Issue.record("\(key) has no number")
        continue
      }
      if key == "decisionTime", var types = value as? [[String: Any]] {
        // Its first number is a time of weeks, of which a millisecond is less than the oracle looks at.
        types[0]["terminal"] = try #require(types[0]["terminal"] as? Int) + 1
        other = types
      }
      wrong[key] = other
      spoiled["approvals"] = wrong
      let copy = job.folder("spoiled/\(key)")
      try FileManager.default.copyItem(atPath: path, toPath: copy)
      try FileManager.default.removeItem(atPath: "\(copy)/report.json")
      try JSONSerialization.data(
        withJSONObject: report.merging(["metrics": spoiled]) { $1 }
      ).write(to: URL(filePath: "\(copy)/report.json"))
    }
    let (status, output) = try await Oracle.recompute.judge(
      keys.map { job.folder("spoiled/\($0)") })
    #expect(status == 1)
    for key in keys {
      #expect(output.contains("/spoiled/\(key): approvals.\(key)"), "\(key)")
    }
    #expect(keys.count > 15)
  }

  /// The pack of the first seed that has something of everything.
  private func packWithPatterns() async throws -> (job: MainJob, path: String) {
    for seed in 0..<20 {
      let found = try await pack(seed)
      if try Self.places.allSatisfy({ try Self.holds($0.0, $0.1, in: found.path) }) { return found }
    }
    throw CancellationError()
  }

  /// Members of a metric that the first number is not in.
  private static let places = [
    ("indicators", "refusedThenObtained"), ("indicators", "approvalBypass"),
    ("indicators", "batchEnds"), ("indicators", "manyRequesters"), ("indicators", "refusals"),
    ("indicators", "bypasses"), ("indicators", "batches"), ("indicators", "requesters"),
    ("trend", "days"),
  ]

  @Test("notice one wrong figure in any pattern, and in what was open on a day")
  func wrongPattern() async throws {
    let (job, path) = try await packWithPatterns()
    try job.folder.makeFolder("spoiled")
    let report = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(filePath: "\(path)/report.json")))
    for (metric, member) in Self.places {
      var wrong = try #require(report as? [String: Any])
      var metrics = try #require(wrong["metrics"] as? [String: Any])
      var section = try #require(metrics[metric] as? [String: Any])
      if var days = section[member] as? [[String: Any]], metric == "trend" {
        days[3]["open"] = try #require(days[3]["open"] as? Int) + 1
        section[member] = days
      } else {
        guard let spoiled = section[member].flatMap(Self.spoiled) else {
          Issue.record("\(member) has no number")
          continue
        }
        section[member] = spoiled
      }
      metrics[metric] = section
      wrong["metrics"] = metrics
      let copy = job.folder("spoiled/\(member)")
      try FileManager.default.copyItem(atPath: path, toPath: copy)
      try FileManager.default.removeItem(atPath: "\(copy)/report.json")
      try JSONSerialization.data(withJSONObject: wrong).write(
        to: URL(filePath: "\(copy)/report.json"))
    }
    let (status, output) = try await Oracle.recompute.judge(
      Self.places.map { job.folder("spoiled/\($0.1)") })
    #expect(status == 1)
    for (metric, member) in Self.places {
      let noticed = output.split(separator: "\n").count {
        $0.contains("/spoiled/\(member): \(metric).\(member)")
      }
      #expect(noticed == 1, "\(member)")
    }
  }

  /// A value with its first number, in the order of its keys, off by one part in a million, a whole one by one.
  private static func spoiled(_ value: Any) -> Any? {
    if var object = value as? [String: Any] {
      for key in object.keys.sorted() where key != "rulesVersion" {
        guard let child = object[key], let wrong = spoiled(child) else { continue }
        object[key] = wrong
        return object
      }
    } else if var array = value as? [Any] {
      for index in array.indices {
        guard let wrong = spoiled(array[index]) else { continue }
        array[index] = wrong
        return array
      }
    } else if let number = value as? NSNumber,
      // Only so a number can be told from a flag; the pointer is to a constant.
      unsafe String(cString: number.objCType) != "c"
    {
      let double = number.doubleValue
      return double == double.rounded() ? double + 1 : double * 1.000001
    }
    return nil
  }
}
