import Foundation
import TestSupport
import Testing

@testable import AuditPlan

/// A job that a suite runs once; each of its tests gets a copy of its folder, with all that it made.
struct SharedJob: SuiteTrait, TestScoping {
  @TaskLocal private static var current: MainJob?

  fileprivate let run: @Sendable () async throws -> MainJob

  func provideScope(
    for test: Test, testCase: Test.Case?, performing tests: @Sendable () async throws -> Void
  ) async throws {
    try await Self.$current.withValue(try await run()) { try await tests() }
  }

  /// A copy of the suite's job.
  static func copy() async throws -> MainJob {
    let shared = try #require(current)
    let folder = try TemporaryFolder()
    try await TestProcess(["cp", "-a", "\(shared.folder.path)/.", folder.path]).succeed()
    var copy = shared
    copy.folder = folder
    for path in [\AuditOptions.out, \.pages, \.config, \.policy, \.approvals] {
      copy.options[keyPath: path] = copy.options[keyPath: path]?
        .replacing(shared.folder.path, with: folder.path)
    }
    return copy
  }

  /// A copy of the suite's job as the pack that `latest` points at.
  static func pack() async throws -> PackCase {
    let job = try await copy()
    let name = try FileManager.default.destinationOfSymbolicLink(
      atPath: job.folder("archive/latest"))
    return PackCase(job: job, path: job.folder("archive/\(name)"))
  }
}

extension Trait where Self == SharedJob {
  /// Runs a job once for the tests of a suite.
  static func sharing(_ run: @escaping @Sendable () async throws -> MainJob) -> Self {
    SharedJob(run: run)
  }
}
