import AuditModel

/// Text as a YAML string in double quotes, whatever it contains.
enum YAMLText {
  /// Everything but printable ASCII and letters is escaped, so that no text ends its line, its quotes or its comment.
  static func quoted(_ text: String, limit: Int = .max) -> String {
    var result = "\""
    for (count, scalar) in text.unicodeScalars.enumerated() {
      guard count < limit else { return result + "…\"" }
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case " "..."~": result.unicodeScalars.append(scalar)
      default:
        let isLetter =
          scalar.properties.isAlphabetic
          && scalar.properties.canonicalCombiningClass == .notReordered
        if isLetter { result.unicodeScalars.append(scalar) } else { result += escaped(scalar) }
      }
    }
    return result + "\""
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "\\U" + String(repeating: "0", count: 8 - digits.utf8.count) + digits
  }
}
