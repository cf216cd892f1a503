import AuditModel
import AuditPlan
import Foundation
import TestSupport
import Testing

@testable import AuditRun

/// The design of approval as a second server has it, which shares no code with the program and none with its sandbox.
@Suite("Control design against a server written from the reference", .slow)
struct DefinitionServerTests {
  /// Twenty, or as many as `KFAUDIT_ORACLE_SEEDS` says.
  private static let seeds =
    ProcessInfo.processInfo.environment["KFAUDIT_ORACLE_SEEDS"].flatMap(Int.init) ?? 20

  /// A pack of the server of a seed, and what there was to find.
  private func pack(
    _ seed: Int, _ options: [String] = []
  ) async throws -> (job: MainJob, pack: String, truth: [String: Any]) {
    var job = try MainJob()
    let server = try await DefinitionServer(seed: seed, in: job.folder, options)
    job.ask(server: server.url)
    job.options.controlDesign = true
    job.options.pageSize = "17"
    let result = try await job.run()
    try server.stop()
    #expect(result.verdict == .proved && result.exitStatus == .complete)
    return (job, result.pack, server.truth)
  }

  private static func metrics(_ pack: String) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(filePath: "\(pack)/report.json"))
    let report = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    return try report.object("metrics")
  }

  /// What a report says in the shape of the server's truth.
  private static func told(_ pack: String) throws -> [String: Any] {
    let metrics = try metrics(pack)
    let design = try metrics.object("controlDesign")
    let definitions = try design.objects("definitions").map { row -> [Any] in
      let isFound = row["found"] as? Bool == true
      let steps = try row.objects("approvalSteps").map { step -> [Any] in
        let signal = try #require(try step.objects("signals").first)
        return [
          step["uniqueName"] ?? "", step["enabled"] ?? "", step["conditional"] ?? "",
          try signal.objects("roles").map { [$0["id"] ?? "", $0["name"] ?? ""] },
          signal["roleTokens"] ?? "", step["parameters"] ?? "",
        ]
      }
      return [
        row["definitionId"] ?? "", row["version"] ?? "", isFound, row["instances"] ?? "",
        row["complete"] ?? "", isFound ? steps as Any : NSNull(),
        isFound ? (row["otherSteps"] ?? "") as Any : NSNull(),
      ]
    }
    let without = try design.object("withoutApproval")
    let changes = try design.objects("changes").map { change in
      [
        change["definitionId"], change["from"], change["to"], change["step"], change["what"],
        change["firstStart"],
      ].map { $0 ?? "" }
    }
    return [
      "definitions": definitions, "changes": try sorted(changes),
      "withoutApproval": without["instances"] is NSNull
        ? NSNull() as Any : [without["instances"], without["complete"]].map { $0 ?? "" },
      "asking": try metrics.object("approvalLatency")["definitions"] ?? "",
    ]
  }

  private static func sorted(_ rows: [[Any]]) throws -> [[Any]] {
    try rows.map { (try text($0), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
  }

  private static func text(_ value: Any) throws -> String {
    String(
      decoding: try JSONSerialization.data(
        withJSONObject: value, options: [.sortedKeys, .fragmentsAllowed]), as: UTF8.self)
  }

  @Test(
    "Every version, step, role and change is what the server has, by version 2 of the API and by version 1"
  )
  func truth() async throws {
    var packs: [(job: MainJob, pack: String)] = []
    var (missing, words): (Int, Set<String>) = (0, [])
    for seed in 0..<Self.seeds {
      let options = seed.isMultiple(of: 4) ? ["--api-versions", "1"] : []
      let (job, pack, truth) = try await pack(seed, options)
      var expected = truth
      let changes = try #require(truth["changes"] as? [[Any]])
      expected["changes"] = try Self.sorted(changes)
      words.formUnion(changes.compactMap { $0[4] as? String })
      #expect(try Self.text(try Self.told(pack)) == Self.text(expected), "seed \(seed)")
      let design = try Self.metrics(pack).object("controlDesign")
      missing += try design.object("notFound")["definitions"] as? Int ?? 0
      packs.append((job, pack))
    }
    // A world without any of what is looked for would agree too.
    #expect(missing > 0 && words.count == 9, "\(words)")
    let (status, output) = try await Oracle.recompute.judge(packs.map(\.pack))
    #expect(status == 0, "\(output)")
    #expect(output.split(separator: "\n").count { $0.hasPrefix("agreement: ") } == packs.count)
  }

  @Test(
    "The oracle notices every figure of the control design that is spoiled, and a spoiled file of evidence"
  )
  func spoiled() async throws {
    let (job, pack, _) = try await pack(13)
    let spoils: [(name: String, old: String, new: String)] = [
      ("found", "\"found\" : true", "\"found\" : false"),
      ("enabled", "\"enabled\" : true", "\"enabled\" : false"),
      ("conditional", "\"conditional\" : false", "\"conditional\" : true"),
      ("role", "\"name\" : \"PKI Approvers\"", "\"name\" : \"Everybody\""),
      ("what", "\"what\" : \"", "\"what\" : \"x"),
      ("digest", "\"sha256\" : \"", "\"sha256\" : \"0"),
      ("parameters", "\"Text\" : \"é\"", "\"Text\" : \"e\""),
      (
        "instances", "\"withoutApproval\" : {\n        \"complete\" : ",
        "\"withoutApproval\" : {\n        \"complete\" : 9"
      ),
    ]
    for spoil in spoils {
      let copy = job.folder("spoiled-\(spoil.name)")
      try FileManager.default.copyItem(atPath: pack, toPath: copy)
      let file = URL(filePath: "\(copy)/report.json")
      let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      let start = try #require(text.range(of: "\"controlDesign\" : {")).lowerBound
      let place = try #require(
        text.range(of: spoil.old, range: start..<text.endIndex), "no \(spoil.name)")
      try Data(text.replacingCharacters(in: place, with: spoil.new).utf8).write(to: file)
    }
    let (status, output) = try await Oracle.recompute.judge(
      spoils.map { job.folder("spoiled-\($0.name)") })
    #expect(status == 1)
    for spoil in spoils {
      #expect(
        output.contains("/spoiled-\(spoil.name): controlDesign."), "\(spoil.name): \(output)")
    }
    let copy = job.folder("spoiled-evidence")
    try FileManager.default.copyItem(atPath: pack, toPath: copy)
    let command =
      "sed -i 's/\"conditional\" : false/\"conditional\" : true/' evidence/definitions/*"
    try await TestProcess(shell: command, in: copy).succeed()
    #expect(try await Oracle.recompute.judge([copy]).status == 1)
  }

  @Test("Where the account may not read definitions, nothing is claimed about them")
  func forbidden() async throws {
    let (job, pack, _) = try await pack(5, ["--forbidden"])
    // Its folder goes with it.
    defer { withExtendedLifetime(job) {} }
    let design = try Self.metrics(pack).object("controlDesign")
    #expect((design["refused"] as? String)?.contains("403") == true)
    #expect(try design.object("withoutApproval")["instances"] is NSNull)
    #expect(try design.objects("definitions").allSatisfy { $0["found"] as? Bool == false })
    let (status, output) = try await Oracle.recompute.judge([pack])
    #expect(status == 0, "\(output)")
  }
}
