import AuditModel
import AuditTemplates

/// What a new installation starts from: settings, a policy with its framework, and a nightly job.
package struct StarterFiles {
  /// The server, as the nightly job passes it to `--server`; `nil` where none is known yet.
  package var server: String?
  /// The zone of days in the report; `nil` for UTC.
  package var timeZone: String?
  /// What a check of the server found, a line each; it becomes a comment of the settings.
  package var found: [String]

  /// Describes an installation.
  package init(server: String? = nil, timeZone: String? = nil, found: [String] = []) {
    (self.server, self.timeZone, self.found) = (server, timeZone, found)
  }

  /// Where the unit files look for the settings.
  private static let place = "/etc/kfaudit"

  /// The files, in the order of their names.
  package var files: [TemplateExport.File] {
    Templates.starters.map { name, content in
      switch name {
      case "baseline.yaml":
        TemplateExport.File(name: "policy.yaml", content: Self.policy(content))
      case "nist-800-53.yaml":
        TemplateExport.File(name: "frameworks/\(name)", content: Self.withoutSchema(content))
      case "kfaudit.yaml":
        TemplateExport.File(name: name, content: comment + settings(content))
      case "kfaudit.service": TemplateExport.File(name: name, content: service(content))
      default:
        TemplateExport.File(
          name: name, content: content, isExecutable: content.utf8.starts(with: "#!".utf8))
      }
    }
  }

  private var comment: String {
    guard !found.isEmpty else { return "" }
    return "# kfaudit check found:\n"
      + found.map { "#   \(TerminalText.sanitized($0))\n" }.joined() + "\n"
  }

  private func settings(_ content: String) -> String {
    guard let timeZone else { return content }
    return content.substituting("timeZone: UTC", by: "timeZone: \(timeZone)")
  }

  /// The nightly job with the settings and the policy beside it.
  private func service(_ content: String) -> String {
    let named = content.substituting(
      " --no-progress",
      by: " --config \(Self.place)/kfaudit.yaml --policy \(Self.place)/policy.yaml --no-progress")
    guard let server else { return named }
    return named.substituting("https://keyfactor.example.com", by: server)
  }

  /// The policy under its own name.
  private static func policy(_ content: String) -> String {
    withoutSchema(content).substituting("Examples/policies/baseline.yaml", by: "policy.yaml")
  }

  /// The same without the line that leads editors to a file of the examples.
  private static func withoutSchema(_ content: String) -> String {
    content.parts(at: "\n", keepingEmpty: true)
      .filter { !$0.utf8.starts(with: "# yaml-language-server".utf8) }
      .joined(separator: "\n")
  }
}
