import Foundation
import TestSupport
import Testing

/// The built program on archives of saved pages.
@Suite("kfaudit history")
struct HistoryCommandTests {
  @Test("It prints the path of the page, says which pack is damaged, and ends with 0")
  func damaged() async throws {
    let run = try SavedPagesRun()
    #expect(try await run.bench.run(run.arguments).status == 0)
    let sound = try await run.bench.run("history", run.archive.path)
    #expect(sound.status == 0 && sound.output == "\(run.archive.path)/history.html\n")
    #expect(
      sound.errors
        == "kfaudit: 1 period: 1 not proved. No period is missing between them. The newest report has no policy checks.\n"
    )
    // The page is no name that a later run or the chain stumbles over.
    let chain = try await run.bench.run("verify", "--chain", run.archive.path, "--verbose")
    #expect(chain.status == 0 && !chain.errors.contains("history"))

    try "{}".write(
      to: run.pack.appendingPathComponent("manifest.json"), atomically: false, encoding: .utf8)
    let out = run.folder.appendingPathComponent("new/page").path
    let slash = out + "/"
    let damaged = try await run.bench.run("history", run.archive.path, "--out", slash)
    #expect(damaged.status == 0 && damaged.output == "\(out)/history.html\n")
    #expect(
      damaged.errors.contains(
        "the files of 2026-07-01_2026-10-01 do not fit: manifest.json was changed"))
    let names = try FileManager.default.contentsOfDirectory(atPath: out).sorted()
    #expect(names == ["history.csv", "history.html", "history.json"])
    try run.remove()
  }

  @Test("What cannot be read or written has its exit status, and changes nothing")
  func refused() async throws {
    let run = try SavedPagesRun()
    #expect(try await run.bench.run(run.arguments).status == 0)
    let file = run.folder.appendingPathComponent("file").path
    try Data().write(to: URL(filePath: file))
    let (archive, pack) = (run.archive.path, run.pack.path)
    for (arguments, status) in [
      ([run.folder.path], 65), ([pack], 65), (["\(archive)/latest"], 65), (["\(archive)/gone"], 66),
      ([file], 66), ([archive, "--out", file], 73), ([archive, "--out", "\(pack)/x"], 73),
      ([""], 64), ([archive, "--out", ""], 64), ([], 64),
    ] as [([String], Int32)] {
      let answer = try await run.bench.run(["history"] + arguments)
      #expect(answer.status == status, "\(arguments): \(answer.errors)")
      #expect(answer.output.isEmpty && !answer.errors.isEmpty)
    }
    #expect(try run.names() == ["2026-07-01_2026-10-01", "latest"])
    try run.remove()
  }
}
