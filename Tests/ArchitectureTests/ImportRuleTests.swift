import Foundation
import Testing

@Suite("The targets")
struct ImportRuleTests {
  private static let sources = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources")

  /// The targets in C, which import nothing.
  private static let foreign: Set<String> = [
    "CAllocator", "CBuildCommit", "CLibXML2", "CDeflate", "CProcess", "CSHA256", "CXLSXWriter",
    "CZip",
  ]

  /// What each target may import of ours: arrows go one way.
  private static let arrows: [String: Set<String>] = [
    "kfaudit": [
      "AuditModel", "AuditFetch", "AuditReduce", "AuditFiles", "AuditPlan", "AuditReport",
      "AuditPacks", "AuditRun", "CAllocator", "CBuildCommit", "CProcess", "CommandSandbox",
    ],
    "AuditRun": [
      "AuditModel", "AuditFetch", "AuditReduce", "AuditRender", "AuditEvidence", "AuditFiles",
      "AuditPlan", "AuditReport", "AuditPacks", "AuditTransport", "SafeGzip", "SafeXLSX",
    ],
    "AuditPacks": [
      "AuditModel", "AuditReduce", "AuditRender", "AuditEvidence", "AuditFiles", "AuditPlan",
      "AuditReport",
    ],
    "AuditReport": [
      "AuditModel", "AuditFetch", "AuditReduce", "AuditRender", "AuditEvidence", "AuditFiles",
      "AuditPlan", "AuditTemplates", "SafeXLSX",
    ],
    "AuditPlan": ["AuditModel", "AuditFetch", "AuditReduce", "AuditEvidence"],
    "AuditFiles": ["AuditModel", "AuditEvidence", "CProcess", "SafeGzip", "SafeZip"],
    "AuditTransport": ["AuditFetch", "AuditModel", "SafeGzip"],
    "AuditFetch": ["AuditModel"],
    "AuditReduce": ["AuditModel"],
    "AuditRender": ["AuditModel", "SafeXLSX", "SafeXML"],
    "AuditEvidence": ["AuditModel", "SafeSHA256"],
    "AuditTemplates": [],
    "AuditModel": [],
    "SafeXML": ["CLibXML2"],
    "SafeGzip": ["CDeflate"],
    "SafeSHA256": ["CSHA256"],
    "SafeXLSX": ["CXLSXWriter"],
    "SafeZip": ["CZip"],
    "CommandSandbox": [],
  ]

  /// Which targets may know a thing of the outside world.
  private static let outside: [String: Set<String>] = [
    "AsyncHTTPClient": ["AuditTransport"],
    "NIOHTTP1": ["AuditTransport", "CommandSandbox"],
    "NIOSSL": ["AuditTransport", "CommandSandbox"],
    "Crypto": ["AuditEvidence", "AuditReduce", "AuditRender"],
    "CryptoExtras": ["AuditEvidence"],
    "SwiftASN1": ["AuditEvidence"],
    "X509": ["AuditEvidence"],
    "Yams": ["AuditPlan"],
    "ArgumentParser": ["kfaudit"],
  ]

  private static func imports(of target: String) throws -> [(file: String, module: String)] {
    let folder = sources.appendingPathComponent(target)
    let files = try #require(
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    )
    .compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    return try files.flatMap { file in
      try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
        let words = line.split(separator: " ")
        guard let position = words.firstIndex(of: "import"), position <= 2,
          position + 1 < words.count
        else { return nil }
        return (file.lastPathComponent, String(words[position + 1].prefix { $0 != "." }))
      }
    }
  }

  @Test("Every target is on the picture")
  func picture() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.sources.path)
    let targets = Set(folders).subtracting(Self.foreign).subtracting(["Plugins"])
    #expect(targets == Set(Self.arrows.keys))
  }

  @Test("An arrow goes one way, and no module imports a sibling", arguments: arrows.keys.sorted())
  func direction(target: String) throws {
    let ours = Set(Self.arrows.keys).union(Self.foreign)
    let allowed = try #require(Self.arrows[target])
    for (file, module) in try Self.imports(of: target) where ours.contains(module) {
      #expect(allowed.contains(module), "\(target)/\(file) imports \(module)")
    }
  }

  @Test("What the outside world is known by stays in its target", arguments: arrows.keys.sorted())
  func seclusion(target: String) throws {
    for (file, module) in try Self.imports(of: target) {
      guard let allowed = Self.outside[module] else { continue }
      #expect(allowed.contains(target), "\(target)/\(file) imports \(module)")
    }
  }
}
