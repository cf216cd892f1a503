import AuditTemplates
import Foundation
import Testing

@Suite("Built-in templates")
struct EmbeddedTemplatesTests {
  @Test("What is embedded equals the folder, name by name")
  func equalsFolder() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Templates")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { !$0.hasPrefix(".") }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    #expect(Templates.builtIn.map(\.name) == names)
    for template in Templates.builtIn {
      let file = try Data(contentsOf: folder.appending(path: template.name))
      #expect(Array(template.content.utf8) == Array(file), "\(template.name)")
    }
  }
}
