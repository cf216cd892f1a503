import Foundation
import PackagePlugin

/// Compiles the templates and the files of `kfaudit init` into the target, so that the binary needs no files beside it.
@main
struct EmbedTemplates: BuildToolPlugin {
  /// What `kfaudit init` writes, as the examples have it.
  private static let starters = [
    "pipelines/kfaudit.service", "pipelines/kfaudit.timer", "pipelines/nightly.sh",
    "policies/baseline.yaml", "policies/frameworks/nist-800-53.yaml", "starter/environment",
    "starter/kfaudit.yaml",
  ]

  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let root = context.package.directoryURL
    let templates = try FileManager.default.contentsOfDirectory(
      at: root.appending(path: "Templates"), includingPropertiesForKeys: nil,
      options: .skipsHiddenFiles
    ).sorted { $0.lastPathComponent.utf8.lexicographicallyPrecedes($1.lastPathComponent.utf8) }
    let starters = Self.starters.map { root.appending(path: "Examples/\($0)") }
    let tool = try context.tool(named: "embed-templates").url
    return [("builtInTemplateFiles", templates), ("starterFiles", starters)].map { name, files in
      let output = context.pluginWorkDirectoryURL.appending(path: "\(name).swift")
      return .buildCommand(
        displayName: "Embedding \(name)", executable: tool,
        arguments: [output.path(), name] + files.map { $0.path() },
        inputFiles: files, outputFiles: [output])
    }
  }
}
