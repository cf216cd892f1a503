import Foundation
import TestSupport
import Testing

@Suite("kfaudit bundle, and files in the place of packs", .slow)
struct BundleCommandTests {
  /// What `run --json` prints.
  private struct Printed: Decodable {
    var pack: String
    var verdict: String
    var exitStatus: Int
    var instances: Int
    var gates: [String: Int]
    var merkleRoot: String
    var manifestSha256: String
    var bundle: String?
  }

  private func printed(_ answer: TestProcess.Answer) throws -> Printed {
    #expect(answer.output.hasSuffix("}\n") && answer.output.split(separator: "\n").count == 1)
    return try JSONDecoder().decode(Printed.self, from: Data(answer.bytes))
  }

  @Test("run --bundle --json prints both places, and the same again does no harm")
  func runBundle() async throws {
    let run = try SavedPagesRun()
    let zip = "\(run.pack.path).zip"
    try "gates:\n  - {id: some, metric: population.instances, min: 1}\n"
      .write(to: run.folder.appending(path: "policy.yaml"), atomically: true, encoding: .utf8)
    let arguments =
      run.arguments + ["--bundle", "--json", "--policy", run.folder.path + "/policy.yaml"]
    for _ in 0..<2 {
      let answer = try await run.bench.run(arguments)
      #expect(answer.status == 0, "\(answer.errors)")
      let object = try printed(answer)
      #expect(object.pack == run.pack.path && object.bundle == zip)
      #expect(object.verdict == "unproved" && object.exitStatus == 0 && object.instances > 0)
      #expect(object.gates == ["passed": 1, "failed": 0, "excepted": 0, "notJudged": 0])
      let digest = try await TestProcess(
        shell: "sha256sum <\"$1\"/manifest.json | cut -c 1-64", run.pack.path
      ).succeed().output
      #expect(digest == object.manifestSha256 + "\n")
      #expect(object.merkleRoot.utf8.count == 64)
    }
    #expect(try run.names() == ["2026-07-01_2026-10-01", "2026-07-01_2026-10-01.zip", "latest"])
    #expect(try await run.bench.run("verify", zip).status == 0)
    // Neither the chain nor the next revision minds the file, and the revision gets its own.
    let chain = try await run.bench.run("verify", "--chain", run.archive.path)
    #expect(chain.status == 0 && !chain.errors.contains("passed over"), "\(chain.errors)")
    let later = try await run.bench.run(arguments + ["--format", "json"])
    #expect(try printed(later).bundle == "\(run.pack.path).r2.zip", "\(later.errors)")
    #expect(try await run.bench.run("verify", "--chain", run.archive.path).status == 0)
    let merged = try await run.bench.shell(
      "cd \"$2\" && \"$1\" merge * --out ../merged", [run.archive.path])
    #expect(merged.status == 3 || merged.status == 0, "\(merged.errors)")
    try run.remove()
  }

  @Test("Without --bundle the object has no bundle, and without --json the line is the path")
  func plain() async throws {
    let run = try SavedPagesRun()
    #expect(try printed(await run.bench.run(run.arguments + ["--json"])).bundle == nil)
    let answer = try await run.bench.run(run.arguments + ["--bundle"])
    #expect(answer.output == run.pack.path + "\n", "\(answer.errors)")
    #expect(answer.errors.contains(".zip has "))
    try run.remove()
  }

  @Test("A file in the way of the bundle is 73, and the pack is published")
  func inTheWay() async throws {
    let run = try SavedPagesRun()
    try FileManager.default.createDirectory(
      at: run.archive, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    let zip = "\(run.pack.path).zip"
    try "mine".write(toFile: zip, atomically: true, encoding: .utf8)
    let answer = try await run.bench.run(run.arguments + ["--bundle", "--json"])
    #expect(answer.status == 73, "\(answer.errors)")
    #expect(answer.errors.contains("is published, but not its bundle"))
    let object = try printed(answer)
    #expect(object.exitStatus == 73 && object.bundle == nil)
    #expect(try await run.bench.run("verify", run.pack.path).status == 0)
    #expect(try String(contentsOfFile: zip, encoding: .utf8) == "mine")
    try run.remove()
  }

  @Test("bundle names the file after the pack and puts it where it was started")
  func named() async throws {
    let run = try SavedPagesRun()
    _ = try await run.bench.run(run.arguments)
    let script = "cd \"$2\" && \"$1\" bundle \"$3\""
    let first = try await run.bench.shell(script, [run.folder.path, run.pack.path])
    let name = "kfaudit_saved-pages_2026-07-01_2026-10-01_2026-10-02.zip"
    #expect(first.status == 0 && first.output == "\(name)\n", "\(first.errors)")
    #expect(first.errors.contains("\(name) has "))
    let second = try await run.bench.shell(script, [run.folder.path, run.pack.path])
    #expect(second.status == 73 && second.output.isEmpty)
    #expect(second.errors.contains("never replaces a file"), "\(second.errors)")
    let zip = "\(run.folder.path)/\(name)"
    for arguments in [
      ["verify", zip], ["sample", zip, "--size", "3"], ["diff", zip, run.pack.path],
      ["proof", zip, "--id", "1"], ["render", zip, "--out", "\(run.folder.path)/rendered"],
      ["merge", zip, run.pack.path, "--out", "\(run.folder.path)/merged"],
      ["bundle", zip, "--out", "\(run.folder.path)/again.zip"],
    ] {
      let answer = try await run.bench.run(arguments)
      #expect([0, 3, 64].contains(answer.status), "\(arguments): \(answer.errors)")
      #expect(answer.status != 64 || answer.errors.contains("KFA-8007"))
    }
    try run.remove()
  }

  @Test(
    "A full disk while the file is written is 74, and leaves nothing",
    arguments: ["pwrite64:error=ENOSPC:when=3", "fsync:error=EIO:when=1"])
  func fullDisk(injection: String) async throws {
    let run = try SavedPagesRun()
    _ = try await run.bench.run(run.arguments)
    let before = try FileManager.default.contentsOfDirectory(atPath: run.folder.path).sorted()
    let answer = try await run.bench.disturbed(
      injection, ["bundle", run.pack.path, "--out", "\(run.folder.path)/x.zip"])
    #expect(answer.status == 74, "\(answer.errors)")
    #expect(answer.errors.contains("x.zip"), "\(answer.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: run.folder.path).sorted() == before)
    try run.remove()
  }

  @Test("A hostile file is refused with 65 by every command, and nothing is written")
  func hostile() async throws {
    let run = try SavedPagesRun()
    _ = try await run.bench.run(run.arguments)
    let zip = "\(run.folder.path)/evil.zip"
    let entries: [ForgedZip.Entry] = [.init("pack/manifest.json"), .init("pack/../../x")]
    try Data(ForgedZip(entries).bytes).write(to: URL(filePath: zip))
    let before = try FileManager.default.subpathsOfDirectory(atPath: run.folder.path).sorted()
    for arguments in [
      ["verify", zip], ["sample", zip, "--size", "3"], ["diff", zip, run.pack.path],
      ["proof", zip, "--id", "1"], ["render", zip, "--out", "\(run.folder.path)/rendered"],
      ["merge", zip, run.pack.path, "--out", "\(run.folder.path)/merged"],
      ["bundle", zip, "--out", "\(run.folder.path)/again.zip"],
      run.arguments + ["--previous", zip],
    ] {
      let answer = try await run.bench.run(arguments)
      #expect(answer.status == 65, "\(arguments): \(answer.errors)")
      #expect(answer.errors.contains("leads out of the archive"), "\(answer.errors)")
    }
    let after = try FileManager.default.subpathsOfDirectory(atPath: run.folder.path).sorted()
    #expect(after == before)
    try run.remove()
  }
}
