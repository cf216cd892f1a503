/// Whether a name mixes letters of scripts that look alike: `аdmin` with a Cyrillic first letter reads as `admin`.
enum ScriptMixture {
  /// `Latin and Cyrillic`, or `nil` where nothing is mixed.
  static func found(in name: String) -> String? {
    var scripts = Set<String>()
    for scalar in name.unicodeScalars where !scalar.isASCII || scalar.properties.isAlphabetic {
      if let script = script(of: scalar) { scripts.insert(script) }
    }
    let names = ["Latin", "Greek", "Cyrillic"].filter(scripts.contains)
    return names.count < 2 ? nil : names.joined(separator: " and ")
  }

  private static func script(of scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2AF, 0x1E00...0x1EFF,
      0xFF21...0xFF3A, 0xFF41...0xFF5A:
      "Latin"
    case 0x370...0x373, 0x376...0x37D, 0x37F...0x3FF, 0x1F00...0x1FFF: "Greek"
    case 0x400...0x52F, 0x1C80...0x1C8F, 0x2DE0...0x2DFF, 0xA640...0xA69F: "Cyrillic"
    default: nil
    }
  }
}
