@testable import AuditEvidence

/// Signatures and time-stamps: one that is read is written in one form, which reads the same.
///
/// Of one that cannot be read no message shows a piece: it may be a key.
enum SignatureTarget {
  static func run(_ bytes: [UInt8]) throws {
    try check(bytes) { try PackSignature(reading: $0).file() }
    try check(bytes) { try TimestampToken(reading: $0).file() }
  }

  /// Longer than the labels and names that may be shown, in bytes.
  private static let longestShown = 24

  private static func check(
    _ bytes: [UInt8], _ written: ([UInt8]) throws -> [UInt8]
  ) throws {
    let file: [UInt8]
    do {
      file = try written(bytes)
    } catch {
      let words = Array("\(error)".utf8)
      for start in words.indices.dropLast(longestShown) {
        let piece = words[start...start + longestShown]
        try BrokenPromise.unless(
          bytes.firstRange(of: piece) == nil, "a message shows a piece of it")
      }
      return
    }
    try BrokenPromise.unless(try written(file) == file, "it is written differently")
  }
}
