import AuditModel
import FoundationEssentials

/// Takes secrets out of text that a server sent, which may echo what it was sent.
///
/// Bytes are compared, since a combining mark behind a secret would hide it among characters, and the text is cut only
/// after its secrets are gone: the beginning of a secret at a cut would be recognised by nobody.
enum SecretScrubber {
  /// The text without secrets, and without what comes after the first 4096 bytes of the result.
  static func scrub(_ text: some Sequence<UInt8>, of secrets: [Secret]) -> String {
    let text = Array(text)
    let forms = secrets.flatMap(forms).filter { !$0.isEmpty }.sorted { $0.count > $1.count }
    var result: [UInt8] = []
    var position = 0
    while position < text.count, result.count < 4096 {
      if let form = forms.first(where: { text[position...].starts(with: $0) }) {
        result += "(redacted)".utf8
        position += form.count
      } else {
        result.append(text[position])
        position += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// A secret as it is, in base 64 and hexadecimal, as it stands in a form, and as it stands in JSON: with the escapes that must be, and with those
  /// of the vendor's platform, which writes `+` as `\u002B`.
  private static func forms(of secret: Secret) -> [[UInt8]] {
    let plain = secret.reveal()
    let least = escaped(plain) { $0 == "\"" ? "\\\"" : nil }
    let most = escaped(plain) {
      "\"&'+<>`".unicodeScalars.contains($0)
        ? "\\u00" + String($0.value, radix: 16, uppercase: true) : nil
    }
    let percent = PercentEncoding.encode(plain)
    let base64 = Data(plain.utf8).base64EncodedString()
    let urlSafe = base64.map { $0 == "+" ? "-" : $0 == "/" ? "_" : String($0) }.joined()
    let hexadecimal = plain.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    let texts = [
      plain, percent, percent.lowercased(), least, most, base64, urlSafe, hexadecimal,
      hexadecimal.uppercased(),
    ]
    return texts.map { Array($0.utf8) }
      + [base64, urlSafe].map { $0.utf8.filter { $0 != UInt8(ascii: "=") } }
  }

  private static func escaped(_ text: String, _ escape: (Unicode.Scalar) -> String?) -> String {
    text.unicodeScalars.map { $0 == "\\" ? "\\\\" : escape($0) ?? String($0) }.joined()
  }
}
