import AuditModel
import AuditPlan
import Foundation
import Testing

@testable import AuditFiles
@testable import AuditPacks
@testable import AuditRun

@Suite("Rendering a pack again")
struct RenderRunTests {
  private func render(
    _ pack: PackCase, to out: String, _ change: (inout RenderRun.Options) -> Void = { _ in }
  ) async throws -> [String: [UInt8]] {
    let folder = try await pack.render(to: out, change)
    let paths = try PackInventory(of: folder).files.keys.map(\.string)
    return try Dictionary(
      uniqueKeysWithValues: paths.map { path in
        (path, try Array(Data(contentsOf: URL(filePath: "\(folder)/\(path)"))))
      })
  }

  @Test(
    "F132: with the same options the files are the pack's to the byte, and again in place of them")
  func same() async throws {
    let pack = try await PackCase.saved { $0.options.format = "csv,json,ndjson,html,xlsx" }
    for _ in 0..<2 {
      let files = try await render(pack, to: "deep/er/out")
      #expect(files.keys.contains("tables/users.csv"))
      for (path, bytes) in files { #expect(try bytes == pack.read(path), "\(path)") }
      let published = try pack.files().filter { path in
        !path.hasPrefix("evidence/")
          && !["manifest.json", "SHA256SUMS", "VERIFY.txt"].contains(path)
      }
      #expect(files.keys.sorted() == published)
    }
  }

  @Test("Other formats and templates can be asked for")
  func options() async throws {
    let pack = try await PackCase.saved { $0.options.format = "json" }
    #expect(
      try await render(pack, to: "out") { $0.format = "html,ndjson" }.keys.sorted()
        == ["README.txt", "instances.ndjson", "report.html"])
    let examples = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../Examples/branded").path
    let branded = try await render(pack, to: "branded") {
      $0.format = "html"
      $0.template = examples
    }
    #expect(
      String(decoding: branded["report.html"] ?? [], as: UTF8.self).contains("data:image"))
  }

  @Test("A folder inside the pack is refused, and so is evidence that is not what was published")
  func refused() async throws {
    let pack = try await PackCase.saved()
    let refusal = try await #require(throws: ArchiveError.self) {
      _ = try await render(
        pack, to: String(pack.path.dropFirst(pack.job.folder("").count)) + "/out")
    }
    #expect(refusal.exitStatus == .outputRefused)
    try pack.replace("\"Complete\"", with: "\"Failed\"", in: "evidence/pages/page-001.json")
    let error = try await #require(throws: PackError.self) {
      _ = try await render(pack, to: "out")
    }
    #expect(error.exitStatus == .brokenData)
    #expect(try !pack.job.folder.names().contains("out"))
  }
}
