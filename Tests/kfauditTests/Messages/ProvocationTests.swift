import AuditModel
import Foundation
import TestSupport
import Testing

@testable import kfaudit

/// Every message of the catalogue, made to appear.
@Suite("Messages, provoked")
struct ProvocationTests {
  private static let scripts = Provocation.all.compactMap { code, provocation in
    if case .script(let script) = provocation { Script(code: code, text: script) } else { nil }
  }

  struct Script: Sendable, CustomTestStringConvertible {
    var code: MessageCode
    var text: String

    var testDescription: String { "\(code.name) \(code)" }
  }

  @Test("Each code has exactly one provocation, or the reason why there is none")
  func completeness() {
    #expect(
      Provocation.all.map(\.code.rawValue).sorted() == MessageCode.allCases.map(\.rawValue).sorted()
    )
    for case (let code, .unreachable(let reason)) in Provocation.all {
      #expect(reason.split(separator: " ").count > 4, "\(code): \(reason)")
    }
  }

  @Test(
    "The program prints it, with its words, its level and its exit status", .slow,
    arguments: scripts)
  func printed(_ script: Script) async throws {
    let answer = try await Provocation.run(script.text)
    let mark = " [\(script.code.name)]"
    let line = answer.errors.split(separator: "\n").first { $0.hasSuffix(mark) }
    guard let line else {
      Issue.record("\(script.code) was not printed: \(answer.status) \(answer.errors)")
      return
    }
    let entry = script.code.entry
    let level: String
    switch entry.consequence {
    case .exits(let status):
      level = "error"
      #expect(answer.status == status.rawValue, "\(answer.errors)")
    case .continues: level = "warning"
    case .signal:
      level = "error"
      #expect(answer.status > 128, "\(answer.errors)")
    }
    let prefix = "kfaudit: \(level): "
    #expect(line.hasPrefix(prefix), "\(line)")
    let text = String(line.dropFirst(prefix.count).dropLast(mark.count))
    #expect(MessagePattern(entry.sentence).matches(text), "\(text)\n\(entry.sentence)")
  }

  @Test("An error value has its code, its words and its exit status")
  func values() throws {
    for case (let code, .value(let failure)) in Provocation.all {
      #expect(failure.message.code == code)
      #expect(MessagePattern(code.entry.sentence).matches(failure.description), "\(failure)")
      if let status = code.exitStatus { #expect(failure.exitStatus == status) }
    }
  }
}

/// A sentence of the catalogue as a pattern: what stands between ‹ and › is anything.
struct MessagePattern {
  private let pieces: [String]

  init(_ sentence: String) {
    var pieces = [""]
    var isPlaceholder = false
    for character in sentence {
      switch character {
      case "‹": isPlaceholder = true
      case "›":
        isPlaceholder = false
        pieces.append("")
      default: if !isPlaceholder { pieces[pieces.count - 1].append(character) }
      }
    }
    self.pieces = pieces
  }

  /// Whether a text is the sentence with something in each place, and no placeholder is left.
  func matches(_ text: String) -> Bool {
    if text.contains("‹") || text.contains("›") { return false }
    guard pieces.count > 1 else { return text == pieces[0] }
    guard text.hasPrefix(pieces[0]), text.hasSuffix(pieces[pieces.count - 1]) else { return false }
    var rest = text.dropFirst(pieces[0].count)
    for piece in pieces.dropFirst() where !piece.isEmpty {
      guard let found = rest.range(of: piece) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }
}
