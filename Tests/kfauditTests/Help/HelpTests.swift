import ArgumentParser
import AuditFetch
import AuditRun
import Foundation
import TestSupport
import Testing

@testable import AuditPlan
@testable import AuditReduce
@testable import kfaudit

@Suite("Help", .slow)
struct HelpTests {
  @Test("Every page fits 80 columns, and no example is broken by it")
  func width() async throws {
    for command in try await CommandHelp.root().all {
      let page = try await command.page()
      for line in page.split(separator: "\n") {
        #expect(line.count <= 80, "\(command.words.joined(separator: " ")): \(line)")
      }
      for line in command.exampleLines { #expect(page.contains("\n  \(line)\n")) }
    }
  }

  @Test(
    "Exit statuses, variables and formats are explained in 80 columns",
    arguments: HelpTopic.allCases)
  func topics(topic: HelpTopic) async throws {
    let answer = try await BuiltProgram().run("help", topic.rawValue)
    #expect(answer.status == 0)
    #expect(answer.output == topic.page + "\n")
    for line in answer.output.split(separator: "\n") { #expect(line.utf8.count <= 80, "\(line)") }
    for term in topic.entries.flatMap(\.terms) { #expect(answer.output.contains("  \(term)")) }
  }

  @Test("Every command has an example, and the argument parser takes each")
  func examples() async throws {
    for command in try await CommandHelp.root().all {
      #expect(!command.examples.isEmpty, "\(command.words)")
      for example in command.examples {
        let words = example.split(separator: " ").map(String.init)
        #expect(words.first == "kfaudit")
        #expect(throws: Never.self, "\(example)") {
          try KFAudit.parseAsRoot(Array(words.dropFirst()))
        }
      }
    }
  }

  @Test("The examples that need no server work")
  func running() async throws {
    let run = try SavedPagesRun()
    try prepare(run.folder)
    for example in try await ordered() where isAlone(example) {
      let line = try actual(example, in: run.folder)
      let answer = try await run.bench.shell(
        "cd '\(run.folder.path)' && PATH='\(BuiltProgram.program.deletingLastPathComponent().path)' && \(line)",
        [])
      // Of saved pages nobody can prove that they are all.
      let expected: ClosedRange<Int32> = line.contains("--pages") ? 1...3 : 0...0
      #expect(expected.contains(answer.status), "\(line): \(answer.output)\(answer.errors)")
    }
    try run.remove()
  }

  /// Each example once, those first that make what others take: a proof after all packs, since in the first hours of a month
  /// the sandbox has more to tell of the last one each time.
  private func ordered() async throws -> [String] {
    let all = try await CommandHelp.root().all
    let makers = ["kfaudit", "run", "write", "proof"].flatMap { name in
      all.filter { $0.commandName == name }
    }
    return (makers + all).flatMap(\.examples)
      .reduce(into: []) { examples, example in
        if !examples.contains(example) { examples.append(example) }
      }
  }

  /// Whether an example needs neither a server, nor somebody's certificates and digests, nor anybody to end it.
  private func isAlone(_ example: String) -> Bool {
    !["https://", "kfaudit sandbox", "audit-ca.pem", "--after"].contains { example.contains($0) }
  }

  /// Puts what the examples speak of beside the saved pages.
  private func prepare(_ folder: URL) throws {
    let manager = FileManager.default
    try manager.moveItem(
      at: folder.appendingPathComponent("pages"), to: folder.appendingPathComponent("saved"))
    let examples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../Examples").standardizedFileURL
    for name in ["kfaudit.yaml", "policy.yaml"] {
      try manager.copyItem(
        at: examples.appendingPathComponent(name), to: folder.appendingPathComponent(name))
    }
    try #require(
      manager.createFile(
        atPath: folder.appendingPathComponent("key.txt").path,
        contents: Data("0123456789abcdef".utf8), attributes: [.posixPermissions: 0o600]))
  }

  /// The example with the window of the saved pages, and with the root and a row of the newest pack.
  private func actual(_ example: String, in folder: URL) throws -> String {
    var line = example.replacing("2026-10-01 --to 2026-11-01", with: "2026-07-01 --to 2026-10-01")
      .replacing(/kfaudit-archive\/[0-9][-_0-9]+/, with: "kfaudit-archive/latest")
      .replacing("sites/*/latest", with: "kfaudit-archive/*")
    let pack = folder.appendingPathComponent("kfaudit-archive/latest")
    if line.contains("4711") {
      let rows = try String(
        contentsOf: pack.appendingPathComponent("instances.csv"), encoding: .utf8)
      let row = try #require(rows.split(separator: "\r\n").dropFirst().first)
      line.replace("4711", with: row.prefix { $0 != "," })
    }
    if line.contains("--root") {
      let manifest = try String(
        contentsOf: pack.appendingPathComponent("manifest.json"), encoding: .utf8)
      let root = try #require(manifest.firstMatch(of: /"merkleRoot" : "([0-9a-f]{64})"/)?.output.1)
      line.replace(/--root [0-9a-f]{64}/, with: "--root \(root)")
    }
    return line
  }

  @Test("The defaults that help tells are those of the plan")
  func defaults() async throws {
    var options = AuditOptions()
    options.sandbox = true
    let plan = try AuditPlan(resolving: options, in: .process)
    let formats = OutputFormat.allCases.filter { plan.formats.contains($0) }
    let expected = [
      "time-zone": "UTC", "out": plan.archive, "page-size": "\(plan.pageSize)",
      "concurrency": "\(plan.concurrency)", "assurance": plan.assurance.rawValue,
      "deadline": "\(plan.deadlineSeconds / 60)m",
      "format": formats.map(\.rawValue).joined(separator: ","),
    ]
    let run = try #require(
      try await CommandHelp.root().all.first { $0.commandName == "run" }?.arguments)
    for (name, value) in expected {
      let text = run.first { $0.names?.first?.name == name }?.abstract ?? ""
      #expect(text.hasSuffix("default: \(value))"), "--\(name): \(text)")
    }
  }
}
