/// The catalogue's entry of a message: its words, what the program exits with, what it comes from, what to do.
public struct MessageEntry: Sendable {
  /// What becomes of the program after a message.
  public enum Consequence: Sendable, Equatable {
    /// It ends with this status.
    case exits(ExitStatus)
    /// It continues; the message is a warning.
    case continues
    /// It was ended by a signal: 128 and the signal's number.
    case signal

    /// As documentation has it.
    public var words: String {
      switch self {
      case .exits(let status): "\(status.rawValue)"
      case .continues: "none, the run continues"
      case .signal: "128 + n"
      }
    }
  }

  /// Which message.
  public let code: MessageCode
  /// What becomes of the program.
  public let consequence: Consequence
  /// What people read, with `‹placeholders›` for what is known only then.
  public let sentence: String
  /// What it usually comes from.
  public let cause: String
  /// What to do.
  public let remedy: String

  init(
    _ code: MessageCode, _ consequence: Consequence, _ sentence: String, cause: String,
    remedy: String
  ) {
    self.code = code
    self.consequence = consequence
    self.sentence = sentence
    self.cause = cause
    self.remedy = remedy
  }

  /// All of them, by their codes.
  public static let all =
    commandLine + values + connection + settings + reading + rows + files + signing + packs + faults

  fileprivate static let byCode = Dictionary(uniqueKeysWithValues: all.map { ($0.code, $0) })

  /// The sentence with facts in the places of its placeholders; one that occurs again has the same fact.
  func filled(with facts: [String]) -> String {
    var result = ""
    var names: [String] = []
    for part in parts {
      guard let name = part.placeholder else {
        result += part.text
        continue
      }
      let number = names.firstIndex { $0 == name } ?? names.count
      if number == names.count { names.append(name) }
      result += number < facts.count ? facts[number] : "‹\(name)›"
    }
    return result
  }

  /// A piece of a sentence: a text, or what is between ‹ and ›.
  private struct Part {
    var text = ""
    var placeholder: String?
  }

  private var parts: [Part] {
    sentence.parts(at: "‹", keepingEmpty: true).enumerated().flatMap { index, piece in
      let halves = piece.parts(at: "›", maxSplits: 1, keepingEmpty: true)
      guard index > 0, halves.count == 2 else { return [Part(text: piece)] }
      return [Part(placeholder: halves[0]), Part(text: halves[1])]
    }
  }
}

extension MessageCode {
  /// How people write it: `KFA-1023`.
  public var name: String { "KFA-\(rawValue)" }

  /// Its entry in the catalogue.
  public var entry: MessageEntry {
    // Every code has an entry, which a test holds.
    MessageEntry.byCode[self]
      ?? MessageEntry(self, .exits(.internalError), "", cause: "", remedy: "")
  }

  /// What the program exits with; `nil` where it continues, or where a signal ends it.
  public var exitStatus: ExitStatus? {
    if case .exits(let status) = entry.consequence { status } else { nil }
  }

  /// Reads a code as people write it: `KFA-1023`, `kfa-1023` or `1023`; `nil` for anything else.
  public init?(_ text: String) {
    let prefix = Array("kfa-".utf8)
    let bytes = Array(text.lowercased().utf8)
    let digits = bytes.starts(with: prefix) ? bytes[prefix.count...] : bytes[...]
    guard digits.count == 4, let number = Int(String(decoding: digits, as: UTF8.self)) else {
      return nil
    }
    self.init(rawValue: number)
  }

  /// The areas that codes are numbered by.
  public enum Area: Int, Sendable, CaseIterable {
    /// The command line and the environment.
    case commandLine = 1
    /// Server, credentials and certificates, before anything is asked.
    case connection
    /// Configuration, policy and template.
    case settings
    /// Reading from a server.
    case reading
    /// Responses and their rows.
    case rows
    /// The archive and its files.
    case files
    /// Signing and timestamps.
    case signing
    /// Published packs and policy checks.
    case packs
    /// The sandbox, and faults of kfaudit.
    case faults

    /// The title of its messages.
    public var title: String {
      switch self {
      case .commandLine: "The command line and the environment"
      case .connection: "Server, credentials and certificates"
      case .settings: "Configuration, policy and template"
      case .reading: "Reading from a server"
      case .rows: "Responses and their rows"
      case .files: "The archive and its files"
      case .signing: "Signing and timestamps"
      case .packs: "Packs and policy checks"
      case .faults: "The sandbox, and faults of kfaudit"
      }
    }
  }

  /// The area, which the first digit names.
  public var area: Area { Area(rawValue: rawValue / 1000) ?? .faults }
}

/// A message of the catalogue with the facts of the moment: what people read, and the code by which it is known.
public struct Message: Sendable, Equatable, CustomStringConvertible {
  /// Which message it is.
  public let code: MessageCode
  /// The sentence with its facts, without the code, which the log adds.
  public let text: String

  /// Makes a message of facts for its placeholders, in their order; text from elsewhere is fit to be shown already.
  public init(_ code: MessageCode, _ facts: String...) {
    self.init(code, facts)
  }

  /// Makes a message of all its facts.
  public init(_ code: MessageCode, _ facts: [String]) {
    self.code = code
    text = code.entry.filled(with: facts)
  }

  /// The sentence.
  public var description: String { text }
}
