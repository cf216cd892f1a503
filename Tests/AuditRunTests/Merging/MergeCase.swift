import AuditModel
import AuditPlan
import Foundation
import TestSupport
import Testing

@testable import AuditPacks
@testable import AuditRun

/// Packs of one test, merged.
struct MergeCase {
  let folder: TemporaryFolder
  private let packs: [PackCase]

  init(_ packs: [PackCase]) throws {
    folder = try TemporaryFolder()
    self.packs = packs
  }

  /// A pack of a model server's instances; `days` are days of October.
  static func pack(
    _ rows: [ModelRow] = QuirkJob.rows(), days: ClosedRange<Int>? = nil,
    _ change: (inout MainJob) throws -> Void = { _ in }
  ) async throws -> PackCase {
    try await PackCase.server { job in
      job.server = .init(rows, now: QuirkJob.now)
      job.job.network = job.server.network
      if let days {
        job.job.options.from = "2026-10-\(days.lowerBound < 10 ? "0" : "")\(days.lowerBound)"
        job.job.options.to = "2026-10-\(days.upperBound < 10 ? "0" : "")\(days.upperBound)"
      }
      try change(&job.job)
    }
  }

  /// Merges the packs into a folder and returns its path.
  func merge(
    to name: String = "out", _ change: (inout MergeRun.Options) -> Void = { _ in }
  ) async throws -> String {
    var options = MergeRun.Options(out: folder(name))
    change(&options)
    _ = try await MergeRun(
      packs: packs.map(\.path), options: options, workers: 2, warning: { _ in }
    )
    .run()
    return folder(name)
  }

  /// report.json of the merged packs.
  func report(_ change: (inout MergeRun.Options) -> Void = { _ in }) async throws -> [String: Any] {
    try Self.report(at: try await merge(change))
  }

  static func report(at folder: String) throws -> [String: Any] {
    let bytes = try Data(contentsOf: URL(filePath: "\(folder)/report.json"))
    return try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
  }
}

extension [String: Any] {
  /// An object, which must be there.
  func object(_ key: String) throws -> [String: Any] {
    try #require(self[key] as? [String: Any], "no object \(key)")
  }

  /// A list of objects, which must be there.
  func objects(_ key: String) throws -> [[String: Any]] {
    try #require(self[key] as? [[String: Any]], "no list \(key)")
  }
}
