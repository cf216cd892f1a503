import FoundationEssentials

/// The journal: one line a page, each with the hash of the line before, so that no page can be taken out, put in
/// or moved without changing every line after it.
public struct Journal: Sendable {
  /// How many lines there are.
  public private(set) var lines = 0
  /// The digest of the last line without its newline; zeros while there is none.
  public private(set) var head = Digest.zero

  /// Starts without lines.
  public init() {}

  /// Adds a page and returns its line, newline included.
  ///
  /// - Throws: what JSONEncoder throws, which it has no reason to.
  public mutating func append(_ page: PageFacts) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let line = Array(
      try encoder.encode(JournalLineDocument(of: page, line: lines + 1, previous: head)))
    append(line: line)
    return line + [UInt8(ascii: "\n")]
  }

  /// Counts a line that is written already.
  mutating func append(line: [UInt8]) {
    lines += 1
    head = Digest.of(line)
  }
}
