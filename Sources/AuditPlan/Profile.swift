private import AuditModel
private import Yams

/// One profile of the official tools' configuration file.
struct Profile {
  /// Its name.
  let name: String
  /// The file it stands in.
  let path: String
  /// The file's permission bits and owner.
  let file: NamedFile
  /// The scopes to ask for.
  private(set) var scopes: [String] = []
  /// Whether it asks for an external secret provider.
  private(set) var namesProvider = false
  private var fields: [String: String] = [:]  // text: names of fields

  /// A value that is set.
  subscript(key: String) -> WrittenValue? {
    fields[key].map {
      WrittenValue(
        value: $0.withoutLineEnd(), origin: "\(key) of profile \(shownName) in \(shownPath)")
    }
  }

  /// The variable that chooses one.
  static let choice = "KEYFACTOR_AUTH_CONFIG_PROFILE"

  /// The name, safe to print.
  var shownName: String { NamedValue.shown(name) }
  /// The path, safe to print.
  var shownPath: String { NamedValue.shown(path) }

  /// Whether it asks for Kerberos.
  var asksForKerberos: Bool {
    fields["auth_type"]?.lowercased() == "kerberos"
      || fields.keys.contains { $0.begins(with: "kerberos_") && $0 != "kerberos_disable_pafxfast" }
  }

  /// What was found: a profile, or why there is none, for whoever would need one.
  typealias Found = (profile: Profile?, absence: String?)

  /// Reads the profile that the environment names; there is none, too, after a mistake.
  ///
  /// Only a file or a profile that somebody named must exist, and be readable.
  static func read(in environment: RunEnvironment, _ mistakes: inout PlanMistakes) -> Found {
    let named = environment.variable("KEYFACTOR_AUTH_CONFIG_FILE")
    let standard = environment.homeFolder.map { $0 + "/.keyfactor/command_config.json" }
    guard let path = named ?? standard else {
      // text: names of variables
      let isUnusable = environment.undecodable.contains { $0 == "HOME" }
      return (nil, isUnusable ? "HOME is not UTF-8, so no profile file was looked for." : nil)
    }
    let chosen = environment.variable(choice)
    let file: NamedFile
    do throws(NamedFileError) {
      file = try environment.readFile(path, NamedFile.sizeLimit)
    } catch {
      if named != nil {
        mistakes.file(path, namedBy: "KEYFACTOR_AUTH_CONFIG_FILE", error)
      } else if chosen != nil {
        mistakes.file(path, namedBy: choice, error)
      } else if error != .missing {
        return (nil, "The profile file \(NamedValue.shown(path)) cannot be read.")
      }
      return (nil, nil)
    }
    do throws(YAMLDocument.SyntaxError) {
      let document = try YAMLDocument(path: path, bytes: file.bytes)
      if chosen == nil, let names = names(in: document), !names.contains(standardName) {
        return (nil, absence(of: names, in: document))
      }
      return (Profile(chosen, in: document, path: path, file: file, &mistakes), nil)
    } catch {
      mistakes.add(error.message)
      return (nil, nil)
    }
  }

  /// The profile that is taken when nobody chooses one.
  private static let standardName = "default"

  /// The names of a file's profiles; `nil` when it has not the form of such a file.
  private static func names(in document: YAMLDocument) -> [String]? {
    document.root?.mapping?["servers"]?.mapping?.compactMap { $0.key.text }
  }

  private static func absence(of names: [String], in document: YAMLDocument) -> String {
    let names = names.prefix(10).map { NamedValue.shown($0) }
    return names.isEmpty
      ? "\(document.path) contains no profile."
      : "\(document.path) has no profile default; choose one with KEYFACTOR_AUTH_CONFIG_PROFILE: "
        + "\(names.joined(separator: ", "))."
  }

  private init?(
    _ chosen: String?, in document: YAMLDocument, path: String, file: NamedFile,
    _ mistakes: inout PlanMistakes
  ) {
    name = chosen ?? Self.standardName
    self.path = path
    self.file = file
    guard let servers = document.root?.mapping?["servers"]?.mapping else {
      mistakes.add(.profileFileWithoutServers, document.path)
      return nil
    }
    let names = servers.compactMap { $0.key.text }
    guard let index = servers.firstIndex(where: { $0.key.text == name }) else {
      if chosen != nil {
        mistakes.add(
          .unknownProfile, document.path, shownName,
          Nearest.hint(for: name, among: names.map { NamedValue.shown($0) }))
      }
      return nil
    }
    guard let mapping = servers[index].value.mapping else {
      mistakes.add(.invalidProfile, document.place(of: servers[index].value), shownName)
      return nil
    }
    for (key, value) in mapping {
      guard let key = key.text else { continue }
      if key == "scopes" {
        scopes = value.sequence?.compactMap { $0.text } ?? value.text.map { [$0] } ?? []
      } else if key == "auth_provider" {
        namesProvider = value.mapping?.isEmpty == false || value.text?.isEmpty == false
      } else if let text = value.text, !text.isEmpty {
        fields[key] = text
      }
    }
  }
}
