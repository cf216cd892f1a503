private import AuditModel
private import Yams

// Which file of the official tools is read, and what of it.
extension Settings {
  static let profileFile = Setting<String>(
    .variable(
      "KEYFACTOR_AUTH_CONFIG_FILE", default: .words(help: "~\(Profile.standardPath)"),
      help: "The profile file."))
  static let profile = Setting<String>(
    .variable(
      "KEYFACTOR_AUTH_CONFIG_PROFILE", named: "profile", default: .text(Profile.standardName),
      help: "The profile to use."))
}

/// One profile of the official tools' configuration file.
struct Profile {
  /// Its name.
  let name: String
  /// The file it is in.
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
    let named = environment.written(Settings.profileFile)
    let standard = environment.homeFolder.map { $0 + standardPath }
    guard let path = named?.value ?? standard else {
      // text: names of variables
      let isUnusable = environment.undecodable.contains { $0 == "HOME" }
      return (nil, isUnusable ? "HOME is not UTF-8, so no profile file was looked for." : nil)
    }
    let chosen = environment.written(Settings.profile)
    let file: NamedFile
    do throws(NamedFileError) {
      file = try environment.readFile(path, NamedFile.sizeLimit)
    } catch {
      if let naming = named ?? chosen {
        mistakes.file(path, namedBy: naming.origin, error)
      } else if error != .missing {
        return (nil, "The profile file \(NamedValue.shown(path)) cannot be read.")
      }
      return (nil, nil)
    }
    guard let document = YAMLDocument(file.bytes, at: path, &mistakes) else { return (nil, nil) }
    if chosen == nil, let names = names(in: document), !names.contains(standardName) {
      return (nil, absence(of: names, in: document))
    }
    return (Profile(chosen?.value, in: document, path: path, file: file, &mistakes), nil)
  }

  /// The profile that is taken when nobody chooses one.
  fileprivate static let standardName = "default"
  /// The file that is read when nobody names one, from the user's home.
  fileprivate static let standardPath = "/.keyfactor/command_config.json"

  /// The names of a file's profiles; `nil` when it has not the form of such a file.
  private static func names(in document: YAMLDocument) -> [String]? {
    document.root?.mapping?["servers"]?.mapping?.compactMap { $0.key.text }
  }

  private static func absence(of names: [String], in document: YAMLDocument) -> String {
    let names = names.prefix(10).map { NamedValue.shown($0) }
    return names.isEmpty
      ? "\(document.path) contains no profile."
      : "\(document.path) has no profile \(standardName); choose one with \(Settings.profile.declaration.variable ?? ""): "
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
