import Foundation
import Testing

@Suite("The folders of a target")
struct FolderTests {
  private static let sources = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources")

  static let targets: [String] = {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: sources.path).sorted()
    } catch {
      return []
    }
  }()

  /// A file of a target: the folder it lies in, the types it declares and the names it mentions.
  private struct File {
    var folder: String
    var declared: Set<String>
    /// Types within types and the like, which hide those of the same name elsewhere.
    var nested: Set<String>
    var mentioned: Set<String>

    init(_ url: URL, in folder: String) throws {
      self.folder = folder
      let code = try String(contentsOf: url, encoding: .utf8)
        .replacing(/\/\/[^\n]*/, with: "")
        .replacing(/"""[\s\S]*?"""/, with: "")
        .replacing(/"(\\.|[^"\\\n])*"/, with: "")
      declared = Self.names(
        in: code, /(?m)^[@a-z() ]*\b(?:struct|enum|class|actor|protocol|typealias) (\w+)/)
      nested = Self.names(
        in: code, /(?m)^ +[@a-z() ]*\b(?:struct|enum|class|actor|protocol|typealias) (\w+)/)
      declared.subtract(nested)
      mentioned = Self.names(in: code, /\b([A-Z]\w*)/).subtracting(nested)
    }

    private static func names(in code: String, _ pattern: Regex<(Substring, Substring)>) -> Set<
      String
    > {
      Set(code.matches(of: pattern).map { String($0.1) })
    }
  }

  /// The files in the folders of a target; what lies beside the folders is for all of them, and puts them together.
  private static func files(of target: String) throws -> [File] {
    let root = sources.appendingPathComponent(target)
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path)
    return try paths.filter { $0.hasSuffix(".swift") }.compactMap { path in
      let parts = path.split(separator: "/")
      guard parts.count > 1 else { return nil }
      return try File(root.appendingPathComponent(path), in: String(parts[0]))
    }
  }

  /// Which folders a folder mentions types of, with one of the names.
  private static func arrows(between files: [File]) -> [String: [String: String]] {
    var owners: [String: Set<String>] = [:]
    for file in files {
      for name in file.declared { owners[name, default: []].insert(file.folder) }
    }
    var arrows: [String: [String: String]] = [:]
    for file in files {
      for name in file.mentioned.sorted() {
        // A name that several folders have is private to each, or cannot be told apart here.
        guard let owner = owners[name], owner.count == 1, let other = owner.first,
          other != file.folder
        else { continue }
        arrows[file.folder, default: [:]][other] = name
      }
    }
    return arrows
  }

  /// The folders that a folder leads to, by however many arrows.
  private static func reached(from folder: String, _ arrows: [String: [String: String]]) -> Set<
    String
  > {
    var reached: Set<String> = []
    var next = [folder]
    while let folder = next.popLast() {
      for other in (arrows[folder] ?? [:]).keys where reached.insert(other).inserted {
        next.append(other)
      }
    }
    return reached
  }

  @Test("No folder mentions the types of another that leads back to it", arguments: targets)
  func circles(target: String) throws {
    let arrows = Self.arrows(between: try Self.files(of: target))
    for (folder, others) in arrows {
      for (other, name) in others {
        let leadsBack = Self.reached(from: other, arrows).contains(folder)
        #expect(!leadsBack, "\(target)/\(folder) mentions \(name) of \(other), which leads back")
      }
    }
  }

  @Test("Arrows are found")
  func found() throws {
    let arrows = Self.arrows(between: try Self.files(of: "AuditModel"))
    #expect(arrows["Normalising"]?["Values"] != nil)
    #expect(arrows["Values"]?["Normalising"] == nil)
  }
}
