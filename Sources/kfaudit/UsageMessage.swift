private import ArgumentParser
internal import AuditModel
private import AuditPlan
private import Glibc

/// What is said about a wrong command line; it never repeats what may be a secret.
struct UsageMessage {
  /// What is wrong.
  let message: Message
  /// The program and the subcommands that the arguments begin with.
  let command: String

  /// Rewrites what the argument parser says.
  ///
  /// - Parameters:
  ///   - message: Its message, which may quote arguments.
  ///   - arguments: The command line without the program.
  init(_ message: String, arguments: [String]) {
    if let option = Self.credentialOption(in: arguments) {
      self.message = Message(.credentialOption, TerminalText.sanitized(option))
    } else if let unknown = Self.unknownCommand(in: arguments) {
      self.message = unknown
    } else {
      self.message = Message(
        .unusableArguments,
        TerminalText.sanitized(Self.hiding(arguments, in: message), limit: 1000))
    }
    command = Self.command(in: arguments).joined(separator: " ")
  }

  /// A message with the length of each argument in the place where it was quoted; names of options remain.
  private static func hiding(_ arguments: [String], in message: String) -> String {
    var message = message
    // The longest first: a short one may be part of it.
    for argument in arguments.sorted(by: { $0.utf8.count > $1.utf8.count }) {
      let sign = argument.utf8.firstIndex(of: UInt8(ascii: "="))
      if argument.begins(with: "--"), argument.utf8.count > 2 {
        if let sign {
          let value = String(argument[argument.utf8.index(after: sign)...])
          message = message.substituting("'\(value)'", by: NamedValue.hidden(value))
        }
        let name = String(argument[..<(sign ?? argument.endIndex)])
        if name.begins(with: "---") || name.utf8.count > 40 {
          message = message.substituting(name, by: NamedValue.hidden(name))
        }
      } else if argument.begins(with: "-"), argument.utf8.count > 2 {
        // `-psecret` would be quoted whole.
        message = message.substituting(argument, by: String(argument.unicodeScalars.prefix(2)))
      } else if !argument.isEmpty {
        message = message.substituting("'\(argument)'", by: NamedValue.hidden(argument))
      }
    }
    return message
  }

  /// What is wrong where a command should be and something else is; `nil` where nothing is wrong.
  static func unknownCommand(in arguments: [String]) -> Message? {
    var subcommands = KFAudit.configuration.subcommands
    // text: names of commands
    for argument in arguments.drop(while: { $0 == "help" }) {
      if subcommands.isEmpty || argument.begins(with: "-") { return nil }
      guard let next = subcommands.first(where: { $0.configuration.commandName == argument }) else {
        let names = subcommands.compactMap { $0.configuration.commandName }
        // What is near no command may be anything, a secret for example.
        let isNear = Nearest.best(for: argument, among: names) != nil
        return Message(
          .unknownCommand,
          isNear ? "'\(TerminalText.sanitized(argument))'" : NamedValue.hidden(argument),
          Nearest.hint(for: argument, among: names))
      }
      if next.configuration.defaultSubcommand != nil { return nil }
      subcommands = next.configuration.subcommands
    }
    return nil
  }

  /// The program and the subcommands that the arguments begin with.
  private static func command(in arguments: [String]) -> [String] {
    var names = [KFAudit.configuration.commandName ?? ""]
    var subcommands = KFAudit.configuration.subcommands
    for argument in arguments {
      guard let next = subcommands.first(where: { $0.configuration.commandName == argument }) else {
        break
      }
      names.append(argument)
      subcommands = next.configuration.subcommands
    }
    return names
  }

  /// The first option that looks as if its value were a credential, without the value, which may follow at once.
  private static func credentialOption(in arguments: [String]) -> String? {
    let words = [
      "token", "password", "passwd", "secret", "credential", "username", "apikey", "api-key",
    ]
    let others = ["access", "api", "auth", "basic", "bearer", "client", "file", "id", "key"]
    for argument in arguments where argument.begins(with: "-") {
      let option = String(decoding: argument.utf8.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
        .lowercased()
      if option == "--user" { return option }
      guard let word = words.first(where: option.contains) else { continue }
      let parts = option.utf8.drop { $0 == UInt8(ascii: "-") }.split(separator: UInt8(ascii: "-"))
      let isKnown = parts.allSatisfy {
        (words + others).contains(String(decoding: $0, as: UTF8.self))
      }
      return isKnown ? option : "--\(word)"
    }
    return nil
  }
}

/// Looks at the command line before anybody else does, so that no message can show what should have stayed in a file.
enum CommandLineCheck {
  /// The one option whose value is no name; no message shows it.
  private static let exempt = "--sign-command"

  /// Refuses values that are not UTF-8, and those that look like the content of a file.
  ///
  /// Read as text the former would silently become others.
  static func refuseContent() throws {
    var previous: String?
    for bytes in arguments().dropFirst() {
      let argument = String(decoding: bytes, as: UTF8.self)
      let (name, value) = split(argument)
      let option = name ?? previous
      if String(validating: bytes, as: UTF8.self) == nil {
        throw CommandError(.argumentNotUTF8, option ?? "an argument", "\(value.utf8.count)")
      }
      if option != exempt, NamedValue.isContent(value) {
        throw CommandError(.argumentIsContent, option ?? "an argument", NamedValue.hidden(value))
      }
      previous = name == nil ? plainOption(argument) : nil
    }
  }

  /// An option with its value, or a value alone.
  private static func split(_ argument: String) -> (name: String?, value: String) {
    guard argument.begins(with: "--"), let sign = argument.utf8.firstIndex(of: UInt8(ascii: "=")),
      let name = plainOption(String(argument[..<sign]))
    else { return (nil, argument) }
    return (name, String(argument[argument.utf8.index(after: sign)...]))
  }

  /// A word that is the name of an option and nothing else: two hyphens, a letter, and few more letters.
  private static func plainOption(_ word: String) -> String? {
    let letters = word.utf8.dropFirst(2)
    let isPlain = letters.allSatisfy { $0.isASCIILetter || $0 == UInt8(ascii: "-") }
    return word.begins(with: "--") && 1...40 ~= letters.count && isPlain
      && letters.first != UInt8(ascii: "-") ? word : nil
  }

  /// The arguments as the system has them.
  private static func arguments() -> [[UInt8]] {
    // The list has as many texts as the count says, and each ends with a zero byte.
    (0..<Int(CommandLine.argc)).compactMap { index in
      unsafe CommandLine.unsafeArgv[index].map { text in
        unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
      }
    }
  }
}
