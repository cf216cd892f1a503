import Foundation
import TestSupport
import Testing

@testable import SafeXLSX

@Suite("Text in workbooks")
struct WorkbookTextTests {
  /// What a reader makes of a text, by ECMA-376: from the left, `_xHHHH_` is one UTF-16 unit.
  private func decoded(_ text: String) -> [UInt16] {
    var units = Array(text.utf16)[...]
    var result: [UInt16] = []
    while let unit = units.first {
      let escape = String(decoding: units.prefix(7), as: UTF16.self)
      if let match = escape.wholeMatch(of: /_x([0-9A-Fa-f]{4})_/),
        let value = UInt16(match.1, radix: 16)
      {
        result.append(value)
        units = units.dropFirst(7)
      } else {
        result.append(unit)
        units = units.dropFirst()
      }
    }
    return result
  }

  @Test(
    "What looks like an escape is escaped, and nothing else",
    arguments: [
      ("_x0041_", "_x005F_x0041_"), ("a_x000D_b", "a_x005F_x000D_b"), ("_x00e9_", "_x005F_x00e9_"),
      ("_x0041_x0042_", "_x005F_x0041_x005F_x0042_"), ("__x0041_", "__x005F_x0041_"),
      ("_x005F_", "_x005F_x005F_"), ("_x41_", "_x41_"), ("_X0041_", "_X0041_"), ("a_b", "a_b"),
      ("\u{1}", "⟨U+0001⟩"), ("_x0041_\u{301}", "_x005F_x0041_\u{301}"),
    ])
  func escapes(text: String, expected: String) {
    #expect(SheetText.written(text).utf8.elementsEqual(expected.utf8))
  }

  @Test("A reader has every text back, but for tokens", arguments: 0..<10)
  func random(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<1000 {
      let text = HostileText.random(using: &generator)
      let shown = text.unicodeScalars.map { scalar in
        let isToken =
          scalar.value < 0x20 && scalar != "\t" && scalar != "\n" || scalar.value == 0x7F
          || scalar.properties.isNoncharacterCodePoint
        return isToken ? "⟨U+\(String(format: "%04X", scalar.value))⟩" : String(scalar)
      }.joined()
      #expect(decoded(SheetText.written(text)) == Array(shown.utf16))
    }
  }

  @Test(
    "The limit of a cell holds for what is written, and a cut says so",
    arguments: ["a", "é", "\u{1F600}", "\u{1}", "_x0041_", "a\u{301}"])
  func limit(piece: String) {
    let length = SheetText.written(piece).utf16.count
    let most = 32_767 / length
    let whole = SheetText.written(String(repeating: piece, count: most))
    #expect(whole.utf16.count == most * length)
    let cut = SheetText.written(String(repeating: piece, count: most + 1))
    #expect(cut.utf16.count <= 32_767 && cut.utf16.count > 32_767 - 9 - length)
    #expect(cut.hasSuffix("… (cut)"))
    let text = cut.dropLast("… (cut)".count)
    #expect(
      decoded(String(repeating: piece, count: most)).starts(with: decoded(String(text)))
        || length > 1)
  }

  private func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  @Test(
    "What the library refuses is an error",
    arguments: ["a[b", String(repeating: "n", count: 32), "twice"])
  func refused(name: String) throws {
    let folder = try folder()
    defer { do { try FileManager.default.removeItem(at: folder) } catch { Issue.record(error) } }
    let book = try Workbook(
      path: folder.appending(path: "x.xlsx").path, temporaryFolder: folder.path)
    try book.beginSheet("twice", head: ["a"])
    #expect(throws: WorkbookError.self) { try book.beginSheet(name, head: ["a"]) }
  }

  @Test("A column that no sheet has is refused")
  func columns() throws {
    let folder = try folder()
    defer { do { try FileManager.default.removeItem(at: folder) } catch { Issue.record(error) } }
    let book = try Workbook(
      path: folder.appending(path: "x.xlsx").path, temporaryFolder: folder.path)
    try book.beginSheet("sheet", head: ["a"])
    #expect(throws: WorkbookError.self) {
      try book.append(Array(repeating: .text("x"), count: 16_385))
    }
  }

  @Test("A row too many for a sheet begins another of the same name")
  func rows() throws {
    let folder = try folder()
    defer { do { try FileManager.default.removeItem(at: folder) } catch { Issue.record(error) } }
    let path = folder.appending(path: "x.xlsx").path
    let book = try Workbook(path: path, temporaryFolder: folder.path)
    try book.beginSheet("rows", head: ["n"])
    for _ in 1...Workbook.maximumRows { try book.append([.empty]) }
    try book.append([.text("last")])
    #expect(throws: WorkbookError.self) { try book.beginSheet("rows 2", head: ["n"]) }
  }
}
