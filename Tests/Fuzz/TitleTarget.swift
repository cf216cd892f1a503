import FoundationEssentials

@testable import AuditModel

/// Titles and messages: user, phrase and subject make up the title, at the first phrase that it holds, and a page that
/// carries it says the same.
enum TitleTarget {
  static func run(_ bytes: [UInt8]) throws {
    let title = Title(bytes.span)
    try checkParts(of: title, bytes)
    try checkCommonName(of: bytes)
    guard let text = String(validating: bytes, as: UTF8.self) else { return }
    try checkPage(text, title)
  }

  private static func checkParts(of title: Title, _ bytes: [UInt8]) throws {
    let phrases = NormalisationRules.titles
    let first = bytes.indices.first { start in
      phrases.contains { bytes[start...].starts(with: $0.phrase) }
    }
    guard let phrase = phrases.first(where: { $0.rule == title.rule }) else {
      try BrokenPromise.unless(first == nil, "the phrase at \(first ?? 0) was not found")
      return
    }
    let whole = bytes[title.user] + phrase.phrase + bytes[title.subject]
    try BrokenPromise.unless(
      title.user == 0..<(first ?? 0) && phrase.action == title.action
        && (whole == bytes[...] || whole + [UInt8(ascii: ".")] == bytes[...]),
      "the parts do not make up the title")
  }

  private static func checkCommonName(of subject: [UInt8]) throws {
    switch DistinguishedName.commonName(of: subject.span) {
    case nil: break
    case .range(let range):
      try BrokenPromise.unless(
        !range.isEmpty && subject.indices.contains(range), "the common name lies outside")
    case .unescaped(let name):
      try BrokenPromise.unless(
        !name.isEmpty && String(validating: name, as: UTF8.self) != nil,
        "the common name is no text")
    }
  }

  private static func checkPage(_ text: String, _ title: Title) throws {
    let quoted = String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
    let page = """
      [{"Id": "9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d1", "ReferenceId": 1, "Status": "Failed",
      "Title": \(quoted), "StatusMessage": \(quoted), "Definition": {"Id": \(quoted)}}]
      """
    var normaliser = Normaliser(settings: .init(window: nil, asOf: nil, statusMap: [:]))
    let batch = normaliser.normalise(try PageReader.read(Array(page.utf8), page: "page"))
    let bytes = Array(text.utf8)
    for instance in batch.instances {
      try BrokenPromise.unless(
        instance.titleRule == title.rule
          && instance.user?.spelling.bytes ?? [] == Array(bytes[title.user])
          && instance.subject.map { Array(batch.text[$0.range]) } ?? []
            == Array(bytes[title.subject])
          && instance.statusMessage.map { Array(batch.text[$0.range]) } == bytes,
        "the page says something else than the title")
      if let name = instance.commonName {
        try BrokenPromise.unless(
          String(validating: batch.text[name.range], as: UTF8.self) != nil,
          "the common name is no text")
      }
    }
  }
}
