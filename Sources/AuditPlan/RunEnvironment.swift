package import AuditEvidence
package import AuditModel
import Glibc

/// What a plan may depend on besides the options: everything comes in here, so that resolving stays a function.
package struct RunEnvironment: Sendable {
  /// The environment variables.
  package var variables: [String: String]  // text: names of environment variables
  /// The names of variables whose values are not UTF-8, and so not among the variables.
  package var undecodable: Set<String> = []  // text: names of environment variables
  /// This machine's time.
  package var now: Instant
  /// The user's home; `nil` when there is none.
  package var homeFolder: String?
  /// The files of the policy's frameworks in its order, where a pack keeps them; `nil` where they lie beside the policy.
  package var frameworks: [[UInt8]]?
  /// Reads a regular file of at most this many bytes.
  package var readFile: @Sendable (_ path: String, _ limit: Int) throws(NamedFileError) -> NamedFile

  /// Makes an environment.
  package init(
    // text: names of environment variables
    variables: [String: String], now: Instant, homeFolder: String?,
    readFile:
      @escaping @Sendable (_ path: String, _ limit: Int) throws(NamedFileError) -> NamedFile
  ) {
    self.variables = variables
    self.now = now
    self.homeFolder = homeFolder
    self.readFile = readFile
  }

  /// A variable's value without the line end that files leave behind; an empty one is unset.
  func variable(_ name: String) -> String? {
    variables[name].map { $0.withoutLineEnd() }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// What the variable of a setting sets.
  func written(_ setting: some AnySetting) -> WrittenValue? {
    guard let name = setting.declaration.variable else { return nil }
    return variable(name).map { WrittenValue(value: $0, origin: name) }
  }

  /// Reads a file that an option, a variable or a key names; `nil` after a mistake.
  package func file(
    _ path: String, namedBy origin: String, _ mistakes: inout PlanMistakes
  ) -> NamedFile? {
    do throws(NamedFileError) {
      return try readFile(path, NamedFile.sizeLimit)
    } catch {
      mistakes.file(path, namedBy: origin, error)
      return nil
    }
  }

  /// The names of variables that a connection would need and that are not UTF-8: as text they would silently become others.
  package var unusable: [String] {
    undecodable.filter { $0.begins(with: "KEYFACTOR_") || $0.lowercased().ends(with: "_proxy") }
      .sorted()
  }
}

extension String {
  /// The text without the line ends that files and shells leave behind it.
  func withoutLineEnd() -> String {
    let isLineEnd = { (scalar: Unicode.Scalar) in scalar == "\n" || scalar == "\r" }
    guard let last = unicodeScalars.lastIndex(where: { !isLineEnd($0) }) else { return "" }
    return String(unicodeScalars[...last])
  }
}

/// A file that the user names, as it was read.
package struct NamedFile: Sendable, Equatable {
  /// The largest that is read, in bytes: keys, profiles and settings are smaller.
  package static let sizeLimit = 1 << 20

  /// Its content.
  package var bytes: [UInt8]
  /// Its permission bits.
  package var mode: UInt16
  /// Whether the user who runs the program owns it.
  package var isOwn: Bool

  /// Describes a file.
  package init(bytes: [UInt8], mode: UInt16 = 0o600, isOwn: Bool = true) {
    self.bytes = bytes
    self.mode = mode
    self.isOwn = isOwn
  }
}

/// Why a file that the user names could not be read.
package enum NamedFileError: Error, Equatable {
  /// There is no such file.
  case missing
  /// It is a folder, a device or a pipe.
  case notAFile
  /// It has more bytes than its purpose can need.
  case tooLarge
  /// The system refused, in its words.
  case unreadable(String)
}

/// Environment variables as the system has them: bytes, which need not be text.
package struct EnvironmentVariables: Sendable {
  /// A variable each.
  package private(set) var entries: [(name: [UInt8], value: [UInt8])]

  /// Those of this process.
  package static var process: EnvironmentVariables {
    var entries: [(name: [UInt8], value: [UInt8])] = []
    // The list ends with a null pointer and each text with a zero byte. Nothing here changes a variable while it is read.
    var next = unsafe environ
    while let text = unsafe next.pointee {
      let bytes = unsafe UnsafeRawBufferPointer(start: text, count: strlen(text))
      let name = unsafe bytes.prefix { $0 != UInt8(ascii: "=") }
      unsafe entries.append((Array(name), Array(bytes.dropFirst(name.count + 1))))
      unsafe next += 1
    }
    return EnvironmentVariables(entries: entries)
  }

  /// Those that are text; of two with one name the first, which is the one that the system finds.
  package var texts: [String: String] {  // text: names of environment variables
    entries.reduce(into: [:]) { texts, entry in
      guard let name = String(validating: entry.name, as: UTF8.self), texts[name] == nil else {
        return
      }
      texts[name] = String(validating: entry.value, as: UTF8.self)
    }
  }

  /// The names of those whose values are not UTF-8.
  package var undecodable: Set<String> {  // text: names of environment variables
    Set(
      entries.filter { String(validating: $0.value, as: UTF8.self) == nil }.compactMap {
        String(validating: $0.name, as: UTF8.self)
      })
  }
}

extension EnvironmentVariables {
  /// Takes variables that are text.
  package init(_ texts: [String: String] = [:]) {  // text: names of environment variables
    entries = texts.sorted { $0.key < $1.key }.map { (Array($0.key.utf8), Array($0.value.utf8)) }
  }

  /// What a command that signs gets: all but the credentials for the server, and for the way to it.
  package var withoutCredentials: EnvironmentVariables {
    EnvironmentVariables(
      entries: entries.compactMap { name, value in
        if name.starts(with: "KEYFACTOR_".utf8) { return nil }
        guard String(decoding: name, as: UTF8.self).lowercased().ends(with: "_proxy") else {
          return (name, value)
        }
        return (name, Self.withoutUser(value))
      })
  }

  /// These and another one, in the place of one of that name.
  package func adding(_ name: String, _ value: String) -> EnvironmentVariables {
    EnvironmentVariables(
      entries: entries.filter { $0.name != Array(name.utf8) } + [
        (Array(name.utf8), Array(value.utf8))
      ])
  }

  /// A proxy's address without `user:password@`.
  private static func withoutUser(_ address: [UInt8]) -> [UInt8] {
    guard let at = address.lastIndex(of: UInt8(ascii: "@")) else { return address }
    let scheme = address.firstRange(of: Array("://".utf8)).map { address[..<$0.upperBound] }
    return (scheme.map { $0.endIndex <= at ? Array($0) : [] } ?? []) + address[(at + 1)...]
  }
}

/// The key of pseudonyms, read from a file.
package enum PseudonymKey {
  /// A shorter key could be tried out.
  private static let leastBytes = 16

  /// Reads `--pseudonymise`: the file's bytes without the line end that editors leave.
  ///
  /// - Throws: A ``PlanError`` when the file is missing, open to others, or too short.
  package static func read(
    _ path: String, in environment: RunEnvironment
  ) throws(PlanError) -> Pseudonyms {
    var mistakes = PlanMistakes()
    var key: [UInt8] = []
    if let file = environment.file(path, namedBy: "--pseudonymise", &mistakes) {
      mistakes.checkIsPrivate(file, path: path)
      key = file.bytes
      if key.last == UInt8(ascii: "\n") { key.removeLast() }
      if key.last == UInt8(ascii: "\r") { key.removeLast() }
      if key.count < leastBytes {
        mistakes.add(.pseudonymKeyTooShort, NamedValue.shown(path), "\(key.count)", "\(leastBytes)")
      }
    }
    guard mistakes.isEmpty else { throw PlanError(mistakes: mistakes.all) }
    return Pseudonyms(key: key)
  }
}
