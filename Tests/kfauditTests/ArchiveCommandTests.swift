import Foundation
import TestSupport
import Testing

/// The built program on archives as they are found.
@Suite("An archive among other things")
struct ArchiveCommandTests {
  private let run: SavedPagesRun

  init() throws {
    run = try SavedPagesRun()
  }

  /// What lies in the archive, with the digest of each file.
  private func content() async throws -> String {
    let script =
      #"cd "$2" && find . ! -name .kfaudit.lock | LC_ALL=C sort && find . -type f ! -name .kfaudit.lock -exec sha256sum {} + | sort"#
    return try await run.bench.run(["-c", script, "bash", "", run.archive.path], of: "/bin/bash")
      .output
  }

  @Test("What is not a pack is passed over, and listed with --verbose")
  func foreignNames() async throws {
    #expect(try await run.bench.run(run.arguments).status == 0)
    let names = ["nightly.log", "line\nbreak", "@eaDir", "2026-07-01_2026-10-01.zip"]
    for name in names {
      try Data().write(to: run.archive.appendingPathComponent(name))
    }
    let again = try await run.bench.run(run.arguments + ["--excel", "--verbose"])
    #expect(again.status == 0, "\(again.errors)")
    let sentence =
      "not packs, passed over: @eaDir, line\\u{A}break, nightly.log."
    #expect(again.errors.contains(sentence), "\(again.errors)")
    let verify = ["verify", "--chain", run.archive.path, "--digests-only"]
    let quiet = try await run.bench.run(verify)
    #expect(quiet.status == 0 && quiet.errors.isEmpty)
    #expect(try await run.bench.run(verify + ["--verbose"]).errors.contains(sentence))

    // An argument with a line break is taken for the content of a file.
    let packs = try run.names().filter { !$0.contains("\n") }
      .map { run.archive.appendingPathComponent($0).path }
    let merged = run.folder.appendingPathComponent("merged").path
    let merge = try await run.bench.run(["merge"] + packs + ["--out", merged])
    #expect(merge.errors.contains("not packs, passed over: "))
    #expect(merge.status == 0, "\(merge.errors)")
    try run.remove()
  }

  @Test("No command writes into a pack")
  func outputInPack() async throws {
    #expect(try await run.bench.run(run.arguments).status == 0)
    let (latest, pack) = ("\(run.archive.path)/latest", run.pack.path)
    let before = try await content()
    let later = run.arguments.dropLast() + ["\(latest)/archive"]
    for arguments in [
      ["render", pack, "--out", "\(pack)/sub"], ["render", pack, "--out", "\(pack)/sub/../../x"],
      ["sample", pack, "--size", "1", "--out", "\(latest)/worksheet.csv"],
      ["sample", pack, "--size", "1", "--out", latest],
      ["diff", pack, latest, "--out", "\(latest)/changes.txt"],
      ["proof", pack, "--id", "100001", "--out", "\(pack)/tables/row.json"],
      ["merge", pack, "--out", "\(latest)/merged"], ["template", "write", "\(latest)/templates"],
      Array(later),
    ] {
      let answer = try await run.bench.run(arguments)
      #expect(answer.status == 73, "\(arguments): \(answer.errors)")
      #expect(answer.output.isEmpty && answer.errors.contains(" is inside the pack "))
    }
    #expect(try await content() == before)
    try run.remove()
  }

  @Test(
    "A night as root, and the next as the archive's owner",
    .enabled(if: geteuid() == 0, "only root may act for others"))
  func rootThenOwner() async throws {
    let owner = "12345"
    try FileManager.default.createDirectory(at: run.archive, withIntermediateDirectories: true)
    let asOwner = { (arguments: [String]) in
      ["--reuid", owner, "--regid", owner, "--clear-groups", BuiltProgram.program.path] + arguments
    }
    for path in [run.archive.path, run.folder.path] {
      try FileManager.default.setAttributes([.ownerAccountID: 12_345], ofItemAtPath: path)
    }
    let first = try await run.bench.run(asOwner(run.arguments), of: "/usr/bin/setpriv")
    // The program may lie where this user cannot reach it.
    guard first.status == 0 else { return try run.remove() }
    let refused = try await run.bench.run(run.arguments + ["--excel"])
    #expect(refused.status == 73)
    #expect(
      refused.errors.contains("belongs to user 12345") && refused.errors.contains("--allow-shared"))
    #expect(try await run.bench.run(run.arguments + ["--excel", "--allow-shared"]).status == 0)
    let next = try await run.bench.run(
      asOwner(run.arguments + ["--format", "json"]), of: "/usr/bin/setpriv")
    #expect(next.status == 74)
    #expect(next.errors.contains("2026-07-01_2026-10-01.r2/manifest.json"))
    #expect(next.errors.contains("EACCES") && next.errors.contains("--restart-chain"))
    #expect(
      try run.names() == ["2026-07-01_2026-10-01", "2026-07-01_2026-10-01.r2", "latest"])
    try run.remove()
  }

  @Test(
    "A damaged page is named in whatever order the pages are", arguments: [[], ["--link-pages"]])
  func damagedPage(options: [String]) async throws {
    let files = FileManager.default
    // The later rows come first, which shows while another worker reads a long page that a damaged one follows.
    try files.moveItem(
      at: run.pages.appendingPathComponent("page-001.json"),
      to: run.pages.appendingPathComponent("page-003.json"))
    try Data(("[" + String(repeating: " ", count: 30_000_000) + "]").utf8).write(
      to: run.pages.appendingPathComponent("page-004.json"))
    try Data([0x1F, 0x8B, 8, 0]).write(to: run.pages.appendingPathComponent("page-005.json.gz"))
    for _ in 0..<3 {
      let answer = try await run.bench.run(run.arguments + options)
      #expect(answer.status == 65)
      #expect(answer.errors.contains("[KFA-5009]"), "\(answer.errors)")
    }
    #expect(try run.names().isEmpty)
    try run.remove()
  }
}
