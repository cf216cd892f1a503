internal import AuditModel

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
        throw UsageError(
          Message(.argumentNotUTF8, option ?? "an argument", "\(value.utf8.count)"))
      }
      if option != exempt, NamedValue.isContent(value) {
        throw UsageError(
          Message(.argumentIsContent, option ?? "an argument", NamedValue.hidden(value)))
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
    let isPlain = letters.allSatisfy {
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 || $0 == UInt8(ascii: "-")
    }
    return word.begins(with: "--") && 1...40 ~= letters.count && isPlain
      && letters.first != UInt8(ascii: "-") ? word : nil
  }

  /// The arguments as the system has them.
  private static func arguments() -> [[UInt8]] {
    // The list has as many texts as the count says, and each ends with a zero byte.
    (0..<Int(CommandLine.argc)).compactMap { index in
      unsafe CommandLine.unsafeArgv[index].map { text in
        var bytes: [UInt8] = []
        var next = unsafe text
        while unsafe next.pointee != 0 {
          unsafe bytes.append(UInt8(bitPattern: next.pointee))
          unsafe next += 1
        }
        return bytes
      }
    }
  }
}
