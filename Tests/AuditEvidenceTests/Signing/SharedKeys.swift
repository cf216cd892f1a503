import Testing

/// Keys of all kinds that a suite makes once; each of its tests gets copies.
struct SharedKeys: SuiteTrait, TestScoping {
  @TaskLocal private static var current: [KeyFolder] = []

  func provideScope(
    for test: Test, testCase: Test.Case?, performing tests: @Sendable () async throws -> Void
  ) async throws {
    let folders = [try await KeyFolder.ofAllKinds(), try await KeyFolder.ofAllKinds()]
    try await Self.$current.withValue(folders) { try await tests() }
  }

  /// A copy of the keys that pack and verifier agree on.
  static func copy() async throws -> KeyFolder { try await #require(current.first).copy() }

  /// A copy of keys of the same names that are others.
  static func others() async throws -> KeyFolder { try await #require(current.last).copy() }
}

extension Trait where Self == SharedKeys {
  /// Makes keys once for the tests of a suite.
  static var sharedKeys: Self { Self() }
}
