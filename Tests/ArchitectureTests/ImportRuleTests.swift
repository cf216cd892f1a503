import Foundation
import Testing

@Suite("The targets")
struct ImportRuleTests {
  private static let sources = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources")

  private static let page: String = {
    let page = sources.appendingPathComponent("kfaudit/Documentation.docc/Architecture.md")
    return (try? String(contentsOf: page, encoding: .utf8)) ?? ""
  }()

  /// What each target imports, besides what that leads to: the table of targets in the documentation.
  static let arrows: [String: Set<String>] = {
    let rows = page.matches(of: /(?m)^\| (\w+) \|([\w, ]+)\|/).dropFirst()
    return Dictionary(
      uniqueKeysWithValues: rows.map { row in
        (String(row.1), Set(row.2.matches(of: /\w+/).map { String($0.0) }))
      })
  }()

  /// All that some targets lead to, by however many arrows, and the targets themselves.
  private static func reached(from targets: Set<String>) -> Set<String> {
    var reached: Set<String> = []
    var next = Array(targets)
    while let target = next.popLast() {
      if reached.insert(target).inserted { next += arrows[target] ?? [] }
    }
    return reached
  }

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

  @Test("The documentation has every target in its table, and those of the program in its picture")
  func picture() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.sources.path)
    #expect(Set(folders).subtracting(["Plugins"]) == Self.reached(from: Set(Self.arrows.keys)))
    let picture = try #require(Self.page.firstMatch(of: /one way:\n+```\n([^`]+)```/)).1
    #expect(
      Set(picture.matches(of: /\w+/).map { String($0.0) })
        == Set(Self.arrows.keys.filter { $0.hasPrefix("Audit") }).union(["kfaudit"]))
  }

  @Test(
    "A target imports what its arrows lead to and nothing else of ours, and no arrow is too many",
    arguments: arrows.keys.sorted())
  func direction(target: String) throws {
    let own = try #require(Self.arrows[target])
    let allowed = Self.reached(from: own)
    #expect(!allowed.contains(target), "\(target) leads back to itself")
    for arrow in own {
      let others = Self.reached(from: own.subtracting([arrow]))
      #expect(!others.contains(arrow), "\(target) leads to \(arrow) in two ways")
    }
    let known = Self.reached(from: Set(Self.arrows.keys))
    let imports = try Self.imports(of: target).filter { known.contains($0.module) }
    for (file, module) in imports {
      #expect(allowed.contains(module), "\(target)/\(file) imports \(module)")
    }
    #expect(own.subtracting(imports.map(\.module)) == [], "an arrow that nothing imports")
  }

  @Test("What the outside world is known by stays in its target", arguments: arrows.keys.sorted())
  func seclusion(target: String) throws {
    for (file, module) in try Self.imports(of: target) {
      guard let allowed = Self.outside[module] else { continue }
      #expect(allowed.contains(target), "\(target)/\(file) imports \(module)")
    }
  }
}
