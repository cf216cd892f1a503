import FoundationEssentials

@testable import AuditModel

/// Pages: what is read is what Foundation reads, and what is refused, Foundation refuses, but where the reader is
/// stricter on purpose.
enum ReaderTarget {
  static func run(_ bytes: [UInt8]) throws {
    do {
      try compare(try PageReader.read(bytes, page: "page"), with: bytes)
    } catch let error as PageError {
      try BrokenPromise.unless(0...bytes.count ~= error.byte, "\(error) is outside the page")
      let lines = bytes.prefix(error.byte).split(
        separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      try BrokenPromise.unless(
        (error.line, error.column) == (lines.count, (lines.last?.count ?? 0) + 1),
        "\(error) is not the place")
    }
    try compareGenerally(bytes)
  }

  private static func compare(_ page: PageRows, with bytes: [UInt8]) throws {
    var end = 0
    for row in page.identities {
      try BrokenPromise.unless(
        row.range.lowerBound >= end && row.range.upperBound <= bytes.count
          && bytes[row.range].first == UInt8(ascii: "{")
          && bytes[row.range].last == UInt8(ascii: "}"),
        "\(row.range) is no row")
      end = row.range.upperBound
      let again = try PageReader.read(Array("[".utf8) + bytes[row.range] + "]".utf8, page: "row")
      try BrokenPromise.unless(
        again.identities.map(\.id) == [row.id], "a row reads differently by itself")
    }
    var normaliser = Normaliser(settings: .init(window: nil, asOf: nil, statusMap: [:]))
    try BrokenPromise.unless(
      normaliser.normalise(page).instances.map(\.received.range) == page.identities.map(\.range),
      "an instance is not where its row is")
    guard let general = try foundation(bytes) else { return }
    guard case .array(let values) = general, values.count == page.rows.count else {
      throw BrokenPromise(description: "\(page.rows.count) rows are not what Foundation reads")
    }
    for (row, value) in zip(page.rows, values) where !row.hasLoneSurrogate {
      guard case .object(let members) = value else { continue }
      for (key, field) in [
        ("title", row.title), ("statusmessage", row.statusMessage), ("startdate", row.start),
        ("lastmodified", row.lastModified), ("currentstepid", row.stepID),
      ] {
        let text = field.map { Array(page.text[$0.range]) }
        let other = members.first { $0.key.lowercased() == key }?.value
        try BrokenPromise.unless(text == other?.bytes, "\(key) is not what Foundation reads")
      }
      let id = members.first { $0.key.lowercased() == "referenceid" }?.value
      if case .integer(let number) = id {
        try BrokenPromise.unless(number == row.referenceID, "the id is not what Foundation reads")
      }
    }
  }

  /// Any JSON value, not only a page.
  private static func compareGenerally(_ bytes: [UInt8]) throws {
    var scanner = JSONScanner()
    do {
      try scanner.skipValue(bytes.span, depth: 0)
      guard scanner.peek(bytes.span) == nil else { throw scanner.fault("more") }
      _ = try foundation(bytes)
    } catch let fault as JSONError {
      try BrokenPromise.unless(0...bytes.count ~= fault.byte, "a fault outside the bytes")
      // Foundation reads a comma before a closing brace or bracket.
      let isComma =
        fault.message == "expected a key in quotes, found `}`"
        || fault.message == "expected a value, found `]`"
      guard fault.kind == .syntax, !fault.message.contains("limit"), !isComma,
        !isOtherEncoding(bytes)
      else { return }
      let isRead = (try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))) != nil
      try BrokenPromise.unless(
        !isRead, "Foundation reads what was refused at byte \(fault.byte): \(fault.message)")
    }
  }

  /// What Foundation makes of well-formed bytes; `nil` where it is known to refuse more.
  private static func foundation(_ bytes: [UInt8]) throws -> JSONValue? {
    do {
      return try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
    } catch {
      // Halves of surrogate pairs, and numbers that no Double holds.
      let text = String(decoding: bytes, as: UTF8.self).lowercased()
      let digits = bytes.split { !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0) }.map(\.count).max()
      let isKnown = text.contains("\\ud") || text.contains("e") || digits ?? 0 > 300
      try BrokenPromise.unless(isKnown, "Foundation refuses what was read: \(error)")
      return nil
    }
  }

  /// Foundation reads UTF-16 and UTF-32 as well.
  private static func isOtherEncoding(_ bytes: [UInt8]) -> Bool {
    bytes.prefix(4).contains { $0 == 0 || $0 >= 0xEF }
  }
}

extension JSONValue {
  /// The UTF-8 of a string.
  fileprivate var bytes: [UInt8]? {
    if case .string(let text) = self { Array(text.utf8) } else { nil }
  }
}
