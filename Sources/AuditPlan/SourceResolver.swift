import AuditModel

/// Decides where the instances come from.
struct SourceResolver {
  /// What the user said.
  var options: AuditOptions
  /// Variables, time, home and files.
  var environment: RunEnvironment

  /// The kind, known even after mistakes, and the source, `nil` after a mistake.
  func source(_ mistakes: inout PlanMistakes) -> (kind: SourceKind, decided: AuditPlan.Source?) {
    let said = [
      options.pages == nil ? nil : "--pages", options.sandbox ? "--sandbox" : nil,
      options.server == nil ? nil : "--server",
    ].compactMap { $0 }
    if said.count > 1 {
      mistakes.usage("\(said.joined(separator: " and ")) name different sources; give one of them.")
    }
    checkCompanions(&mistakes)
    if let folder = options.pages {
      guard let folder = ListResolver(options: options).folder(folder, of: "--pages", &mistakes)
      else { return (.pages, nil) }
      return (.pages, .pages(folder: folder, link: options.linkPages))
    }
    if options.sandbox {
      return (.sandbox, sandbox(&mistakes).map { .sandbox($0) })
    }
    let connection = ConnectionResolver(options: options, environment: environment)
      .connection(&mistakes)
    return (.server, connection.map { .server($0) })
  }

  /// Options that mean something only beside another one.
  private func checkCompanions(_ mistakes: inout PlanMistakes) {
    if options.linkPages, options.pages == nil {
      mistakes.usage("--link-pages links the files of a folder: give --pages too.")
    }
    guard !options.sandbox else { return }
    let details = [
      ("--sandbox-instances", options.sandboxInstances), ("--sandbox-seed", options.sandboxSeed),
      ("--sandbox-hostile", options.sandboxHostile),
    ]
    for (option, value) in details where value != nil {
      mistakes.usage("\(option) describes the sandbox: give --sandbox too.")
    }
  }

  private func sandbox(_ mistakes: inout PlanMistakes) -> SandboxRequest? {
    var request = SandboxRequest()
    let before = mistakes.all.count
    if let text = options.sandboxInstances {
      request.instances = Int(text)
      if request.instances.map({ 0...10_000_000 ~= $0 }) != true {
        mistakes.usage(
          "--sandbox-instances \(NamedValue.shown(text)): "
            + "it must be a whole number from 0 to 10000000.")
      }
    }
    if let text = options.sandboxSeed {
      request.seed = UInt64(text)
      if request.seed == nil {
        mistakes.usage(
          "--sandbox-seed \(NamedValue.shown(text)): it must be a whole number of at most 64 bits."
        )
      }
    }
    if let text = options.sandboxHostile {
      request.hostilePercent = Int(text)
      if request.hostilePercent.map({ 0...100 ~= $0 }) != true {
        mistakes.usage(
          "--sandbox-hostile \(NamedValue.shown(text)): it must be a percentage from 0 to 100.")
      }
    }
    return mistakes.all.count == before ? request : nil
  }
}
