import TestSupport
import Testing

@testable import AuditModel

@Suite("Common names of subjects")
struct CommonNameTests {
  @Test(
    "Names are read as RFC 4514, .NET and OpenSSL write them, and what none of them writes is verbatim",
    arguments: [
      ("CN=h, O=X, C=US", "h"), ("C=US, O=X, CN=h", "h"), ("C=US,  O=X,CN=h", "h"),
      ("O=X+CN=h", "h"), ("O=X+ CN=h", "h"), (#"CN="a, b", O=X"#, "a, b"),
      (#"O=X, CN="a, b""#, "a, b"), (#"CN="say ""a""", O=X"#, #"say "a""#),
      (#"CN="M\C3\BCller, \"H\"", O=X"#, #"Müller, "H""#), (#"CN="EX\user, b""#, #"EX\user, b"#),
      (#"O="X, CN=no", CN=h"#, "h"), (#"O="X"" CN=no", CN=h"#, "h"), (#"O=X, cn=" h ""#, " h "),
      (#"CN="", O=X"#, nil), (#"CN="a", CN=b"#, "a"), (#"2.5.4.3="a", O=X"#, "a"),
      (#"CN="a" , O=X"#, #""a" , O=X"#), (#"CN="a"b, O=X"#, #""a"b, O=X"#),
      (#"CN="a, O=X"#, #""a, O=X"#), (#"CN="a\FF", O=X"#, #"a\FF"#),
      (#"CN="EX\becker, b", O=X"#, #"EX\becker, b"#), (#"CN="D\42 W, x", O=X"#, #"D\42 W, x"#),
      ("CN=a , O=X", "a , O=X"), ("CN = a, O = X", nil), ("CN=a, ", "a, "), ("CN= a", " a"),
      ("CN=a, 5=x", "a, 5=x"), ("CN=a, 5.1=x", "a"), ("CN=a, 05.1=x", "a, 05.1=x"),
      ("CN=a;O=X", "a;O=X"), ("O=X, , CN=a", nil), (", CN=a", nil), (" CN=a", nil),
      ("CN=a,\tO=X", "a,\tO=X"), ("CN=Acme Widgets, Inc.", "Acme Widgets, Inc."),
    ] as [(String, String?)])
  func names(subject: String, name: String?) {
    #expect(commonName(of: subject) == name)
  }

  private func commonName(of subject: String) -> String? {
    let bytes = Array(subject.utf8)
    return switch DistinguishedName.commonName(of: bytes.span) {
    case nil: nil
    case .range(let range): String(decoding: bytes[range], as: UTF8.self)
    case .unescaped(let bytes): String(decoding: bytes, as: UTF8.self)
    }
  }

  @Test(
    "The first common name comes back from every way to write a name",
    arguments: 0..<300 as Range<UInt64>)
  func namesComeBack(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let pieces = [
      "a", "B", ", ", "+", "=", "\"", "\\", ";", "<", ">", "#", " ", "é", "e\u{301}", "CN=x",
      "\"\"",
      "\\\"", "C3", "💳", "\u{FE0F}",
    ]
    var text: String {
      (0..<Int.random(in: 1...5, using: &generator)).map { _ in
        pieces.randomElement(using: &generator) ?? ""
      }.joined()
    }
    let writers: [(String) -> String] = [
      Self.escaped, Self.quoted, Self.hexadecimal, Self.quotedPairs,
    ]
    let types = ["O", "OU", "CN", "cn", "DC", "1.2.840", "X-y"]
    var first: String?
    var name = ""
    for index in 0..<4 {
      let type = index == 3 ? "CN" : types.randomElement(using: &generator) ?? "O"
      let value = text
      if ["CN", "cn"].contains(type), first == nil { first = value }
      let separator = [",", ", ", "+", "+  "].randomElement(using: &generator) ?? ","
      let write = writers.randomElement(using: &generator) ?? Self.escaped
      name += (index == 0 ? "" : separator) + type + "=" + write(value)
    }
    let read = commonName(of: name).map { Name($0) }
    #expect(read == first.map { Name($0) }, "\(name)")
  }

  /// As RFC 4514 escapes.
  private static func escaped(_ value: String) -> String {
    let special = Array("\"+,;<>\\=#".unicodeScalars)
    let scalars = Array(value.unicodeScalars)
    return scalars.indices.reduce(into: "") { written, index in
      let isEdge = index == 0 || index == scalars.count - 1
      if special.contains(scalars[index]) || isEdge && scalars[index] == " " { written += "\\" }
      written.unicodeScalars.append(scalars[index])
    }
  }

  /// As .NET quotes; it escapes nothing, so that a backslash goes by its number.
  private static func quoted(_ value: String) -> String {
    let content = value.unicodeScalars.reduce(into: "") { written, scalar in
      written += scalar == "\"" ? "\"\"" : scalar == "\\" ? #"\\"# : String(scalar)
    }
    return "\"\(content)\""
  }

  /// As RFC 2253 quotes.
  private static func quotedPairs(_ value: String) -> String {
    let content = value.unicodeScalars.reduce(into: "") { written, scalar in
      written += (scalar == "\"" || scalar == "\\" ? "\\" : "") + String(scalar)
    }
    return "\"\(content)\""
  }

  /// Every byte by its number.
  private static func hexadecimal(_ value: String) -> String {
    value.utf8.map { "\\" + ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
  }
}
