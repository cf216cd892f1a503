internal import ArgumentParser
private import AuditModel
internal import AuditPlan

/// Settings that are options of a command and are a section of its help.
protocol SettingGroup {
  /// The settings, in the order of help.
  static var settings: [any AnySetting] { get }
}

/// The options of a group, made from the declarations of its settings.
///
/// The argument parser finds the options of a type by its mirror, which here has a child for each setting instead of
/// each stored property, and decodes each by the label of its child.
struct SettingOptions<Group: SettingGroup>: ParsableArguments, CustomReflectable {
  /// What was used.
  private(set) var options = AuditOptions()

  init() {}

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    for setting in Group.settings {
      let key = Key(stringValue: setting.declaration.name)
      if case .flag = setting.declaration.form {
        let isUsed = try container.decode(Flag<Bool>.self, forKey: key).wrappedValue
        options[setting] = isUsed ? "yes" : nil
      } else {
        options[setting] = try container.decode(Option<String?>.self, forKey: key).wrappedValue
      }
    }
  }

  var customMirror: Mirror {
    Mirror(
      self,
      children: Group.settings.map { setting in
        (label: setting.declaration.name, value: argument(setting.declaration))
      })
  }

  private func argument(_ setting: SettingDeclaration) -> Any {
    let name = NameSpecification.customLong(setting.name)
    guard case .option(let value, let completion) = setting.form else {
      return Flag<Bool>(wrappedValue: false, name: name, help: ArgumentHelp(setting.abstract))
    }
    return Option<String?>(
      name: name, help: ArgumentHelp(setting.abstract, valueName: value),
      completion: CompletionKind(completion))
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}

extension ArgumentHelp {
  /// A pack to read.
  static let pack = ArgumentHelp("Pack: its folder, or a .zip file of it.", valueName: "pack")
  /// What a result is written as.
  static let format = ArgumentHelp("Output format.", valueName: "format")

  /// Where a result goes.
  static func out(_ result: String) -> ArgumentHelp {
    ArgumentHelp("File to write \(result) to. (default: stdout)", valueName: "file")
  }
}

extension CompletionKind {
  /// A pack as one file, beside the folders that a shell always offers.
  static var pack: CompletionKind { .file(extensions: ["zip"]) }

  /// What completes a setting; `nil` for nothing.
  init?(_ completion: SettingDeclaration.Completion) {
    switch completion {
    case .nothing: return nil
    case .folder: self = .directory
    case .file(let extensions): self = .file(extensions: extensions)
    case .words(let words), .choice(let words): self = .list(words)
    case .choices(let names): self = NameList(names: names).completion
    }
  }
}

/// The names that a comma-separated list may hold, told in an option's help and completed by the shell.
struct NameList {
  /// The names, in the order in which help tells them.
  let names: [String]

  /// What an instance can have come to.
  static let outcomes: NameList = {
    let statuses = Status.allCases.map { $0.name.prefix(1).lowercased() + $0.name.dropFirst() }
    return NameList(
      names: statuses + Outcome.allCases.map(\.rawValue).filter { !statuses.contains($0) })
  }()

  /// The names in a sentence's end.
  var text: String { names.joined(separator: ", ") }

  /// Completes the last name of the list, and leaves those before it as they are.
  var completion: CompletionKind {
    let names = names
    return .custom { _, _, word in
      let head = word.utf8.lastIndex(of: UInt8(ascii: ",")).map { word[...$0] } ?? ""
      let chosen = head.parts(at: ",")
      return names.filter { !chosen.contains($0) }.map { head + $0 }
    }
  }
}
