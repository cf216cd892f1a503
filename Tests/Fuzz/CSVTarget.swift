import FoundationEssentials
import TestSupport

@testable import AuditRender

/// CSV cells and JSON strings: text comes back exactly, and no cell starts a formula.
enum CSVTarget {
  static func run(_ bytes: [UInt8]) throws {
    let texts = bytes.split(separator: 0xFF, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    var file: [UInt8] = []
    for (index, text) in texts.enumerated() {
      if index > 0 { file.append(UInt8(ascii: ",")) }
      CSVText.append(text, to: &file)
    }
    file += [0x0D, 0x0A]
    let rows = CSVReader.rows(of: file)
    guard rows.count == 1, let row = rows.first, row.count == texts.count else {
      throw BrokenPromise(description: "\(texts.count) cells became \(rows.map(\.count))")
    }
    for (cell, text) in zip(row, texts) {
      try BrokenPromise.unless(
        CSVReader.text(of: cell).utf8.elementsEqual(text.utf8), "\(cell) is not \(text)")
      try BrokenPromise.unless(!startsFormula(cell), "\(cell) starts a formula")
      for separator in [";", "\t", "|", "\r", "\n"] as [Unicode.Scalar] {
        let others = cell.unicodeScalars.split(
          separator: separator, omittingEmptySubsequences: false
        ).dropFirst().map { String(String.UnicodeScalarView($0)) }
        try BrokenPromise.unless(
          !others.contains(where: startsFormula), "\(cell) has a formula after \(separator)")
      }
      try checkJSON(text)
    }
  }

  /// Whether a spreadsheet could take a cell for a formula: its first sign, past blanks of any kind, is one that starts one.
  private static func startsFormula(_ cell: String) -> Bool {
    let blanks: [Unicode.GeneralCategory] = [
      .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator,
    ]
    let first = cell.unicodeScalars.first { !blanks.contains($0.properties.generalCategory) }
    return first.map { "=+-@\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains($0) } ?? false
  }

  private static func checkJSON(_ text: String) throws {
    var line: [UInt8] = []
    line.append(addingCapacity: 6 * text.utf8.count + 2) {
      JSONString.append(text.utf8Span.span, to: &$0)
    }
    let read = try JSONDecoder().decode(String.self, from: Data(line))
    try BrokenPromise.unless(read.utf8.elementsEqual(text.utf8), "JSON loses \(text)")
  }
}
