/// Texts out of pieces that mean something to some format, or that Swift's `Character` joins to what is before them.
package enum HostileText {
  private static let pieces =
    [
      "a", "B", "7", "é", "e\u{301}", "К", "\u{1F600}", " ", "\u{A0}", "\u{2028}", "\u{85}", "\t",
      "\r",
      "\n", "\r\n", "\0", "\u{1}", "\u{1B}[2J", "\u{7F}", "\u{9B}", "\u{301}", "\u{489}",
      "\u{FE0F}", "\u{200D}",
      "\u{200B}", "\u{202E}", "\u{FEFF}", "\"", "'", "«", "“", "\\", "\\u{", "\\u{41}", "}", "{",
      "|", ";", ",",
      "=", "+", "-", "@", "%", "＝", "＠", "_", "_x0041_", "_x005f_", "x0041_", "<", ">", "&", "`",
      "*", "#", "~",
    ]
    + [[0xEF, 0xBF, 0xBE], [0xEF, 0xB7, 0x90]].map {
      String(decoding: $0 as [UInt8], as: UTF8.self)
    }

  /// A text of up to so many pieces.
  package static func random(
    using generator: inout SeededGenerator, pieces limit: Int = 24
  ) -> String {
    (0..<Int.random(in: 0...limit, using: &generator)).map { _ in
      pieces[Int.random(in: pieces.indices, using: &generator)]
    }.joined()
  }
}
