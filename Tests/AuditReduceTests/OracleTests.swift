import AuditModel
import Foundation
import Testing

@testable import AuditReduce

/// The figures against Tests/Oracle/oracle.py, which shares no code with them.
@Suite("The oracle")
struct OracleTests {
  @Test(
    "agrees on every figure of thirty-six populations",
    .enabled(
      if: Oracle.isUsable || ProcessInfo.processInfo.environment["CI"] != nil,
      "python3 lacks modules: pip install -r Tests/Oracle/requirements.txt"))
  func agreement() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("kfaudit-oracle-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let packs = try (0..<36).map { seed in
      try OraclePack(RandomPopulation(seed: seed)).write(
        to: folder.appendingPathComponent("seed-\(seed)"))
    }
    let (status, output) = try Oracle.run(packs.map(\.path))
    #expect(status == 0, "\(output)")
    #expect(output.split(separator: "\n").count { $0.hasPrefix("agreement: ") } == packs.count)
  }

  @Test(
    "notices a figure that is off by one part in a million",
    .enabled(
      if: Oracle.isUsable || ProcessInfo.processInfo.environment["CI"] != nil,
      "python3 lacks modules: pip install -r Tests/Oracle/requirements.txt"))
  func disagreement() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("kfaudit-oracle-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let pack = OraclePack(try RandomPopulation(seed: 10))
    var metrics = pack.metrics
    let median = try #require(metrics.turnaround?[0].figures.completedOnly.p50)
    metrics.turnaround?[0].figures.completedOnly.p50 = median * 1.000001
    let (status, output) = try Oracle.run([
      pack.with(metrics).write(to: folder).path
    ])
    #expect(status == 1)
    #expect(output.contains("turnaround[0].completedOnly.p50: expected"))
  }
}
