@testable import AuditEvidence

/// Signatures and time-stamps: one that is read is written in one form, which reads the same.
enum SignatureTarget {
  static func run(_ bytes: [UInt8]) throws {
    try check(bytes) { try PackSignature(reading: $0).file() }
    try check(bytes) { try TimestampToken(reading: $0).file() }
  }

  private static func check(
    _ bytes: [UInt8], _ written: ([UInt8]) throws -> [UInt8]
  ) throws {
    let file: [UInt8]
    do {
      file = try written(bytes)
    } catch {
      return
    }
    try BrokenPromise.unless(try written(file) == file, "it is written differently")
  }
}
