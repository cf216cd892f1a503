import Foundation
import Testing

@Suite("Package.swift")
struct PackageTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A target as Package.swift declares it.
  struct Target: CustomStringConvertible {
    let description: String
    let folder: String
    let dependencies: Set<String>

    /// Reads the arguments of `.target(…)` and its like; `products` are the constants that stand for a product.
    init?(kind: String, arguments: Substring, products: [String: String]) {
      guard let name = arguments.firstMatch(of: /name: "([^"]+)"/)?.1 else { return nil }
      description = String(name)
      let path = arguments.firstMatch(of: /\bpath: "([^"]+)"/)?.1
      folder =
        path.map { String($0) } ?? (kind == "testTarget" ? "Tests/\(name)" : "Sources/\(name)")
      let list = arguments.firstMatch(of: /dependencies: \[([^\]]*)\]/)?.1 ?? ""
      let named = list.matches(of: /\.product\(name: "([^"]+)"/).map { String($0.1) }
      let plain = list.matches(of: /(: )?"([\w-]+)"/).filter { $0.1 == nil }.map { String($0.2) }
      let constants = products.filter { list.contains($0.key) }.map(\.value)
      dependencies = Set(named + plain + constants)
    }

    /// The modules that the files of its folder import.
    func imports() throws -> Set<String> {
      let files = FileManager.default.enumerator(
        at: root.appending(path: folder), includingPropertiesForKeys: nil)
      var modules: Set<String> = []
      for case let file as URL in try #require(files) where file.pathExtension == "swift" {
        let text = try String(contentsOf: file, encoding: .utf8)
        modules.formUnion(
          text.matches(of: /(?m)^[@a-z ]*\bimport (?:(?:struct|class|enum|func) )?(\w+)/)
            .map { String($0.1) })
      }
      return modules
    }
  }

  private static let targets: [Target] = {
    guard
      let text = try? String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)
    else { return [] }
    let products = Dictionary(
      uniqueKeysWithValues: text.matches(
        of: /let (\w+) = Target\.Dependency\.product\(name: "(\w+)"/
      )
      .map { (String($0.1), String($0.2)) })
    let heads = text.matches(of: /\.(target|executableTarget|testTarget|systemLibrary|plugin)\(/)
    // A plugin names the tools that it runs; C targets and libraries of the system import nothing.
    return heads.indices.filter { heads[$0].1 != "plugin" }.compactMap { index in
      let end =
        index + 1 < heads.count ? heads[index + 1].range.lowerBound : text.endIndex
      return Target(
        kind: String(heads[index].1), arguments: text[heads[index].range.upperBound..<end],
        products: products)
    }
  }()

  @Test(
    "A target declares each module of ours and of a package that it imports", arguments: targets)
  func declared(target: Target) throws {
    let known = Self.targets.reduce(into: Set(Self.targets.map(\.description))) {
      $0.formUnion($1.dependencies)
    }
    let imports = try target.imports().intersection(known).subtracting([target.description])
    #expect(imports.subtracting(target.dependencies) == [], "imported without being declared")
    #expect(target.dependencies.subtracting(imports) == [], "declared without being imported")
  }

  @Test("Every target is found")
  func found() {
    let names = Set(Self.targets.map(\.description))
    #expect(names.isSuperset(of: ["kfaudit", "AuditModel", "AuditRun", "kfauditTests"]))
    #expect(names.count > 25)
  }
}
