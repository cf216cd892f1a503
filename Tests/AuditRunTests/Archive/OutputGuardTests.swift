import AuditModel
import Foundation
import Testing

@testable import AuditFiles
@testable import AuditPacks
@testable import AuditReport
@testable import AuditRun

@Suite("Places for output")
struct OutputGuardTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.makeFolder("archive/2026-10-01_2026-11-01/evidence/pages")
    try folder.write("{}", to: "archive/2026-10-01_2026-11-01/manifest.json")
    try folder.makeFolder("moved/evidence")
    try folder.write("{}", to: "moved/manifest.json")
    for (link, target) in [
      ("archive/latest", "2026-10-01_2026-11-01"), ("deep", "archive/latest/evidence/pages"),
    ] {
      try FileManager.default.createSymbolicLink(
        atPath: folder(link), withDestinationPath: target)
    }
  }

  @Test(
    "What lies within a pack is refused, and nothing is made",
    arguments: [
      "archive/2026-10-01_2026-11-01", "archive/2026-10-01_2026-11-01/",
      "archive/2026-10-01_2026-11-01/sub/more", "archive/latest", "archive/latest/x.csv",
      "archive/latest/manifest.json", "deep", "deep/x", "deep/../../../../archive/latest/x",
      "archive/./latest//evidence/x", "missing/../archive/latest/x", "moved/x",
      "archive/latest/sub/../../x", "archive/latest/../2026-10-01_2026-11-01/x",
    ])
  func refused(path: String) throws {
    let before = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    let error = #expect(throws: ArchiveError.self) { try OutputGuard.check(folder(path)) }
    #expect(error?.exitStatus == .outputRefused)
    #expect(error?.description.contains("is inside the pack") == true)
    #expect(throws: ArchiveError.self) { try OutputFolder(at: folder(path)) }
    #expect(throws: ArchiveError.self) { try OutputFolder(at: folder(path), asWhole: true) }
    #expect(throws: ArchiveError.self) { try ResultFile.write([], to: folder(path)) }
    #expect(throws: ArchiveError.self) { try TemplateExport.write(.report, to: folder(path)) }
    #expect(throws: ArchiveError.self) {
      try Archive.open(folder(path), at: .init(milliseconds: 0))
    }
    #expect(try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted() == before)
  }

  @Test(
    "What lies beside a pack is allowed",
    arguments: [
      "archive/x", "archive/latest/../x", "reports/new", "x.csv", "archive", "moved/../y",
      "archive/2026-10-01_2026-11-01.csv",
    ])
  func allowed(path: String) throws {
    try OutputGuard.check(folder(path))
  }

  @Test(
    "A name that an archive needs for itself is refused there, and allowed elsewhere",
    arguments: [
      "latest", ".kfaudit.lock", ".kfaudit-read", ".kfaudit-tmp-1/x", "2026-11-01_2026-12-01",
      "2026-11-01_2026-12-01.r2/x",
    ])
  func reserved(name: String) throws {
    try folder.write("", to: "archive/.kfaudit.lock")
    try FileManager.default.removeItem(atPath: folder("archive/latest"))
    #expect(throws: ArchiveError.reservedName(path: folder("archive/\(name)"))) {
      try OutputGuard.check(folder("archive/\(name)"))
    }
    try OutputGuard.check(folder("elsewhere/\(name)"))
  }

  @Test("A folder with a manifest of something else is not a pack")
  func otherManifest() throws {
    try folder.makeFolder("site")
    try folder.write("{}", to: "site/manifest.json")
    try OutputGuard.check(folder("site/x"))
  }
}
