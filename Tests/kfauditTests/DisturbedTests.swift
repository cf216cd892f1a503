import Foundation
import Testing

/// The built program whose system calls strace disturbs.
@Suite("A system that refuses")
struct DisturbedTests {
  private let run: SavedRun

  init() throws {
    run = try SavedRun()
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
      ["python3", script.path, "--sample", "20", DoorBench.program.path], of: "/usr/bin/env")
    #expect(answer.status == 0, "\(answer.output)\(answer.errors)")
    try run.remove()
  }

  @Test("F112: A disk that is nearly full ends the run before it begins")
  func space() async throws {
    // The answer of a call that never took place: nothing is free.
    let answer = try await run.bench.disturbed("statfs:retval=0", run.arguments)
    #expect(answer.status == 74)
    #expect(answer.output.isEmpty && answer.errors.contains(run.archive.path))
    #expect(answer.errors.contains("has 0 bytes free, and this run wants "))
    try await run.expectNothing()
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
    #expect(answer.output.isEmpty && answer.errors.contains("may not be on the disk: EIO"))
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
