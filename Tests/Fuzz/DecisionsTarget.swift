import TestSupport

@testable import AuditModel
@testable import AuditRender

/// Files of decisions: every row is accounted for, mistakes have a place within the file, and a text that kfaudit wrote into a
/// cell is read back as it was.
enum DecisionsTarget {
  static func run(_ bytes: [UInt8]) throws {
    let (file, mistakes) = DecisionFileReader.read(bytes, path: "f")
    if let file {
      try BrokenPromise.unless(mistakes.isEmpty, "a file with mistakes is used")
      try BrokenPromise.unless(
        file.decisions.count + file.otherRows == file.rows, "a row is not accounted for")
      let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
      for decision in file.decisions {
        try BrokenPromise.unless(
          2...max(2, lines) ~= decision.line, "line \(decision.line) is none")
        try BrokenPromise.unless(
          !decision.ids.isEmpty || decision.referenceID != nil, "a decision on nothing")
      }
    } else {
      try BrokenPromise.unless(!mistakes.isEmpty, "a file is refused without a reason")
      try BrokenPromise.unless(
        mistakes.count <= DecisionFileReader.most + 1, "\(mistakes.count) mistakes are told")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { return }
    var cell: [UInt8] = []
    CSVText.append(text, to: &cell)
    if cell.first == UInt8(ascii: "\"") {
      cell = Array(CSVReader.rows(of: cell + [0x0A]).first?.first?.utf8 ?? "".utf8)
    }
    try BrokenPromise.unless(CellText.read(cell) == Array(text.utf8), "\(cell) is not \(text)")
  }
}
