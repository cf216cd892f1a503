import Foundation
import TestSupport
import Testing

/// The built program whose system calls strace disturbs.
@Suite("A system that refuses", .slow)
struct DisturbedTests {
  private let run: SavedPagesRun

  init() throws {
    run = try SavedPagesRun()
  }

  @Test(
    "F112, F113, F114, F116, F117, F118: wherever it is killed or a call fails, what has a name is whole"
  )
  func everywhere() async throws {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Crash/crash.py").standardizedFileURL
    var bench = run.bench
    bench.variables["PATH"] = ProcessInfo.processInfo.environment["PATH"]
    let answer = try await bench.run(
      ["python3", script.path, "--sample", "20", BuiltProgram.program.path], of: "/usr/bin/env")
    #expect(answer.status == 0, "\(answer.output)\(answer.errors)")
    try run.remove()
  }

  @Test("F112: A disk that is nearly full ends the run before it begins")
  func space() async throws {
    // A file system of 1000 blocks of 4096 bytes, none of which is free.
    let words: [UInt64] = [0xEF53, 4096, 1000, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    let bytes = words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
    }
    let hexadecimal = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    let answer = try await run.bench.disturbed(
      "statfs:retval=0:poke_exit=@arg2=\(hexadecimal)", run.arguments)
    #expect(answer.status == 74)
    #expect(answer.output.isEmpty && answer.errors.contains(run.archive.path))
    #expect(answer.errors.contains("has 0 bytes free, and this run needs "))
    try await run.expectNothing()
    try run.remove()
  }

  @Test("A file system that gives no size is not full")
  func noSize() async throws {
    let answer = try await run.bench.disturbed("statfs:retval=0", run.arguments)
    #expect(answer.status == 0, "\(answer.errors)")
    try await run.expectPublished()
    try run.remove()
  }

  @Test("A file system that cannot synchronise folders is told of, and the pack is published")
  func noFolderSynchronisation() async throws {
    try FileManager.default.createDirectory(at: run.archive, withIntermediateDirectories: true)
    let answer = try await run.bench.disturbed(
      "fsync:error=EINVAL", at: run.archive.path, run.arguments)
    #expect(answer.status == 0, "\(answer.errors)")
    #expect(answer.errors.contains("folders cannot be synchronised on the file system of "))
    try await run.expectPublished()
    try run.remove()
  }

  @Test("A file that cannot be synchronised ends the run", arguments: ["EINVAL", "EIO"])
  func noFileSynchronisation(error: String) async throws {
    let answer = try await run.bench.disturbed("fsync:error=\(error)", run.arguments)
    #expect(answer.status == 74)
    #expect(answer.errors.contains(" to the disk: \(error)"))
    try await run.expectNothing()
    try run.remove()
  }

  @Test(
    "A pack that cannot be read ends the next night, unless a new chain is asked for",
    arguments: ["EACCES", "EIO"])
  func unreadablePack(error: String) async throws {
    #expect(try await run.bench.run(run.arguments).status == 0)
    let manifest = "\(run.pack.path)/manifest.json"
    let next = run.arguments + ["--excel"]
    let answer = try await run.bench.disturbed("openat:error=\(error)", at: manifest, next)
    #expect(answer.status == 74)
    #expect(answer.output.isEmpty)
    for word in [manifest, error, "--restart-chain"] { #expect(answer.errors.contains(word)) }
    #expect(try run.names() == ["2026-07-01_2026-10-01", "latest"])
    // Of a disk that fails nobody can say whether the pack is published already.
    if error == "EIO" { return try run.remove() }

    let restart = try await run.bench.disturbed(
      "openat:error=\(error)", at: manifest, next + ["--restart-chain"])
    #expect(restart.status == 0, "\(restart.errors)")
    let after = try await run.bench.disturbed(
      "openat:error=\(error)", at: manifest, run.arguments + ["--format", "json"])
    #expect(after.status == 0, "\(after.errors)")
    let verify = ["verify", "--chain", run.archive.path, "--digests-only"]
    let closed = try await run.bench.disturbed("openat:error=\(error)", at: manifest, verify)
    #expect(closed.status == 0, "\(closed.output)")
    #expect(closed.output.contains("a recorded restart of the chain left it behind"))
    let chain = try await run.bench.run(verify)
    #expect(chain.status == 0, "\(chain.output)")
    #expect(chain.output.contains("but for recorded restarts at 2026-07-01_2026-10-01.r2"))
    try run.remove()
  }

  @Test("F112: A full disk is told with what was to be written and what is free")
  func full() async throws {
    let answer = try await run.bench.disturbed("write:error=ENOSPC:when=9+", run.arguments)
    #expect(answer.status == 74)
    try await run.expectNothing()
    try run.remove()
  }

  @Test("F113: A disk that fails once is not asked again")
  func synchronise() async throws {
    let answer = try await run.bench.disturbed("fsync:error=EIO:when=2", run.arguments)
    #expect(answer.status == 74)
    #expect(answer.output.isEmpty && answer.errors.contains(" to the disk: EIO"))
    try await run.expectNothing()
    try run.remove()
  }

  @Test("F129: A file system without locks is refused, with what to do")
  func noLocks() async throws {
    let answer = try await run.bench.disturbed("flock:error=ENOLCK", run.arguments)
    #expect(answer.status == 73)
    #expect(answer.output.isEmpty && answer.errors.contains("supports flock"))
    try await run.expectNothing()
    try run.remove()
  }
}
