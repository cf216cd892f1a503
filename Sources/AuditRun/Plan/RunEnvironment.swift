public import AuditModel

/// What a plan may depend on besides the options: everything comes in here, so that resolving stays a function.
public struct RunEnvironment: Sendable {
  /// The environment variables.
  public var variables: [String: String]  // text: names of environment variables
  /// This machine's time.
  public var now: Instant
  /// The user's home; `nil` when there is none.
  public var homeFolder: String?
  /// Reads a regular file of at most this many bytes.
  public var readFile:
    @Sendable (_ path: String, _ limit: Int) throws(NamedFileProblem) -> NamedFile

  /// Makes an environment.
  public init(
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

  /// A variable's value; an empty one is unset.
  func variable(_ name: String) -> String? {
    variables[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}
