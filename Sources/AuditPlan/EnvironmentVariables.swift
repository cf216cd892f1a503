import AuditModel
import Glibc

/// Environment variables as the system has them: bytes, which need not be text.
package struct EnvironmentVariables: Sendable, ExpressibleByDictionaryLiteral {
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

  private init(entries: [(name: [UInt8], value: [UInt8])]) {
    self.entries = entries
  }

  /// Takes variables that are text.
  package init(_ texts: [String: String]) {  // text: names of environment variables
    entries = texts.sorted { $0.key < $1.key }.map { (Array($0.key.utf8), Array($0.value.utf8)) }
  }

  /// Takes variables that are text.
  package init(dictionaryLiteral elements: (String, String)...) {
    entries = elements.map { (Array($0.0.utf8), Array($0.1.utf8)) }
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
