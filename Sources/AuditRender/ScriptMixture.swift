/// Whether a name mixes letters of scripts that look alike: `аdmin` with a Cyrillic first letter reads as `admin`.
enum ScriptMixture {
  /// `Latin and Cyrillic`, or `nil` where nothing is mixed.
  ///
  /// A name may be written in one script and its domain in another; what deceives is a part, of letters and the digits and
  /// marks among them, that mixes two.
  static func found(in name: String) -> String? {
    let parts = name.unicodeScalars.split { !isOfPart($0) }
    return parts.lazy.compactMap { part in mixture(of: Set(part.compactMap(script))) }.first
  }

  private static func mixture(of scripts: Set<Script>) -> String? {
    scripts.count < 2
      ? nil : Script.allCases.filter(scripts.contains).map(\.rawValue).joined(separator: " and ")
  }

  private enum Script: String, CaseIterable {
    case latin = "Latin"
    case greek = "Greek"
    case cyrillic = "Cyrillic"
  }

  /// Letters, digits, marks and what is not seen at all are of one part; what people see between names parts them.
  private static func isOfPart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber,
      .format:
      true
    default: false
    }
  }

  private static func script(of scalar: Unicode.Scalar) -> Script? {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2AF, 0x1E00...0x1EFF,
      0xFF21...0xFF3A, 0xFF41...0xFF5A:
      .latin
    case 0x370...0x373, 0x376...0x37D, 0x37F...0x3FF, 0x1F00...0x1FFF: .greek
    case 0x400...0x52F, 0x1C80...0x1C8F, 0x2DE0...0x2DFF, 0xA640...0xA69F: .cyrillic
    default: nil
    }
  }
}
