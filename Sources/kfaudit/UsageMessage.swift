private import ArgumentParser
private import AuditModel
private import AuditRun

/// What is said about a wrong command line; it never repeats what may be a secret.
struct UsageMessage {
  /// The lines for stderr.
  let text: String

  /// Rewrites what the argument parser says.
  ///
  /// - Parameters:
  ///   - message: Its message, which may quote arguments.
  ///   - arguments: The command line without the program.
  init(_ message: String, arguments: [String]) {
    var message = message
    if let option = Self.credentialOption(in: arguments) {
      message =
        "Unknown option '\(option)': arguments are visible to every user of this machine. "
        + "Credentials come from the environment (KEYFACTOR_USERNAME and KEYFACTOR_PASSWORD, "
        + "KEYFACTOR_AUTH_CLIENT_ID and KEYFACTOR_AUTH_CLIENT_SECRET, KEYFACTOR_AUTH_ACCESS_TOKEN) "
        + "or from the profile file that KEYFACTOR_AUTH_CONFIG_FILE names."
    } else if let unknown = Self.unknownCommand(in: arguments) {
      message = unknown
    } else {
      for argument in arguments where argument.begins(with: "-") && !argument.begins(with: "--") {
        // `-psecret` would be quoted whole.
        message = message.substituting(argument, by: String(argument.unicodeScalars.prefix(2)))
      }
    }
    let command = Self.command(in: arguments).joined(separator: " ")
    text =
      "kfaudit: \(TerminalText.clean(message, limit: 1000))\nkfaudit: see \(command) --help\n"
  }

  /// What is wrong where a command should stand and something else does; `nil` where nothing is.
  static func unknownCommand(in arguments: [String]) -> String? {
    var subcommands = KFAudit.configuration.subcommands
    for argument in arguments.drop(while: { $0 == "help" }) {
      if subcommands.isEmpty || argument.begins(with: "-") { return nil }
      guard let next = subcommands.first(where: { $0._commandName == argument }) else {
        let names = subcommands.map { $0._commandName }
        return "there is no command \(argument)" + Nearest.hint(for: argument, among: names)
      }
      if next.configuration.defaultSubcommand != nil { return nil }
      subcommands = next.configuration.subcommands
    }
    return nil
  }

  /// The program and the subcommands that the arguments begin with.
  private static func command(in arguments: [String]) -> [String] {
    var names = [KFAudit._commandName]
    var subcommands = KFAudit.configuration.subcommands
    for argument in arguments {
      guard let next = subcommands.first(where: { $0._commandName == argument }) else { break }
      names.append(argument)
      subcommands = next.configuration.subcommands
    }
    return names
  }

  /// The first option that looks as if its value were a credential, without the value.
  private static func credentialOption(in arguments: [String]) -> String? {
    let words = [
      "token", "password", "passwd", "secret", "credential", "username", "apikey", "api-key",
    ]
    return arguments.lazy.filter { $0.begins(with: "-") }
      .map { TerminalText.clean(String($0.unicodeScalars.prefix { $0 != "=" }), limit: 40) }
      .first { option in
        let option = option.lowercased()
        return words.contains { option.contains($0) } || option == "--user"
      }
  }
}
