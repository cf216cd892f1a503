package import AuditModel

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
  /// Reads a regular file of at most this many bytes.
  package var readFile:
    @Sendable (_ path: String, _ limit: Int) throws(NamedFileProblem) -> NamedFile

  /// Makes an environment.
  package init(
    // text: names of environment variables
    variables: [String: String], now: Instant, homeFolder: String?,
    readFile:
      @escaping @Sendable (_ path: String, _ limit: Int) throws(NamedFileProblem) -> NamedFile
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
