package import AuditModel

extension Settings {
  /// `--server`: the address of the API.
  package static var server: Setting<String> {
    Setting(
      .option(
        "server", "url",
        default: .words(
          help: "\(host.declaration.variable ?? ""); default path: \(ServerAddress.standardPath)"),
        help: "Address of the API: https://host[:port][/api/path]; plain http only to loopback."
      ).shown(WebAddress.redacted))
  }

  /// `--pages`: a folder of saved pages, instead of a server.
  package static var pages: Setting<String> {
    Setting(
      folder: .option(
        "pages", "folder", .folder,
        help:
          "Read saved API responses (*.json, *.json.gz) from this folder instead of a server, in name order."
      ))
  }

  /// `--link-pages`: hard-link saved pages rather than copy them.
  package static var linkPages: Setting<Bool> {
    Setting(
      flag: "link-pages", help: "Hard-link saved responses into the pack instead of copying them.")
  }

  /// `--sandbox`: the embedded stand-in server, instead of a real one.
  package static var sandbox: Setting<Bool> {
    Setting(
      flag: "sandbox", help: "Use a built-in test server with invented data instead of a real one.")
  }

  /// Its default is the sandbox's, as are those of the next two.
  package static var sandboxInstances: Setting<Int> {
    Setting(
      .option("sandbox-instances", "n", help: "Number of instances in the sandbox."),
      within: 0...10_000_000)
  }

  /// `--sandbox-seed`: what its data is drawn from.
  package static var sandboxSeed: Setting<UInt64> {
    Setting(.option("sandbox-seed", "n", help: "Random seed of the sandbox's data.")) {
      text, mistakes in
      UInt64(text)
        ?? mistakes.refuse(
          .invalidNumber, "--sandbox-seed", NamedValue.shown(text),
          "a whole number of at most 64 bits")
    }
  }

  /// `--sandbox-hostile`: the percentage of hostile names.
  package static var sandboxHostile: Setting<Int> {
    Setting(
      .option(
        "sandbox-hostile", "percent",
        help: "Percentage of names with hostile content in the sandbox, for testing."),
      within: 0...100, of: "percentage")
  }

  /// `--page-size`: how many instances a request asks for; vendors' own scripts stay at 1000 or below.
  package static var pageSize: Setting<Int> {
    Setting(
      .option("page-size", "n", default: "500", help: "Instances per request, 1 to 1000."),
      within: 1...1000, inFile: "pageSize",
      about: "How many instances a request asks for. --page-size wins.")
  }

  /// `--config`: the configuration file.
  package static var config: Setting<String> {
    Setting(
      .option(
        "config", "file", .file(["yaml", "yml"]),
        help:
          "Configuration file in YAML. Options override the environment, the environment overrides the file."
      ))
  }

  /// `--control-design`: the definitions are read too.
  package static var controlDesign: Setting<Bool> {
    Setting(
      flag: "control-design",
      help:
        "Also read the workflow definitions: which approval steps, roles and conditions they have; needs /workflows/definitions/read/."
    ).inFile(
      "controlDesign", .flag,
      "Also read the workflow definitions from the server, as --control-design does."
    ) { entry, mistakes in
      entry.value.flag
        ?? mistakes.refuse(entry.invalid(entry.value, "true or false"))
    }
  }
}

/// Where instances are read: a server, the started sandbox included, or saved pages.
package enum InstanceSource: Sendable, Equatable {
  /// A server over the network.
  case server(Connection)
  /// A folder of saved pages; `link` hard-links them into the pack.
  case pages(folder: String, link: Bool)
}

extension AuditPlan.Source {
  /// The source in one word; the sandbox's server is still the sandbox.
  package var kind: SourceKind {
    switch self {
    case .instances(.server): .server
    case .instances(.pages): .pages
    case .sandbox: .sandbox
    }
  }
}

/// What `run --sandbox` asks of the stand-in server; `nil` leaves the choice to it.
package struct SandboxRequest: Sendable, Equatable {
  /// How many instances it holds.
  package var instances: Int?
  /// What its data is drawn from.
  package var seed: UInt64?
  /// The percentage of hostile names, 0 to 100.
  package var hostilePercent: Int?
}

extension SettingSources {
  /// Where instances come from, known even after mistakes.
  var kind: SourceKind {
    options.pages != nil ? .pages : options.sandbox ? .sandbox : .server
  }

  /// The source of instances; `nil` after a mistake.
  func source(_ mistakes: inout PlanMistakes) -> AuditPlan.Source? {
    checkCompanions(&mistakes)
    switch kind {
    case .pages:
      return value(of: Settings.pages, &mistakes)
        .map { .instances(.pages(folder: $0, link: options.linkPages)) }
    case .sandbox: return sandbox(&mistakes).map { .sandbox($0) }
    default: return connection(&mistakes).map { .instances(.server($0)) }
    }
  }

  /// Options that exclude each other, and those that mean something only beside another one.
  private func checkCompanions(_ mistakes: inout PlanMistakes) {
    let named = [
      options.pages == nil ? nil : "--pages", options.sandbox ? "--sandbox" : nil,
      options.server == nil ? nil : "--server",
    ].compactMap { $0 }
    if named.count > 1 {
      mistakes.add(
        .optionsConflict, named.joined(separator: " and "),
        "Use --server for a real system, --pages for saved responses, --sandbox to try it.")
    }
    if options.linkPages, options.pages == nil {
      mistakes.add(.optionIncomplete, "--link-pages", "--pages", "Add the folder of the responses.")
    }
    if options.controlDesign, options.pages != nil {
      mistakes.add(
        .optionsConflict, "--control-design and --pages",
        "Workflow definitions are read from a server, which saved responses do not have.")
    }
    guard !options.sandbox else { return }
    for setting in Settings.ofSandbox where options[setting] != nil {
      let option = "--\(setting.declaration.name)"
      mistakes.add(
        .optionIncomplete, option, "--sandbox", "It describes the sandbox: add --sandbox.")
    }
  }

  private func sandbox(_ mistakes: inout PlanMistakes) -> SandboxRequest? {
    let before = mistakes.all.count
    let request = SandboxRequest(
      instances: value(of: Settings.sandboxInstances, &mistakes),
      seed: value(of: Settings.sandboxSeed, &mistakes),
      hostilePercent: value(of: Settings.sandboxHostile, &mistakes))
    return mistakes.all.count == before ? request : nil
  }
}
