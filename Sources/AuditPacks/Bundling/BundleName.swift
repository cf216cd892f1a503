import AuditEvidence
import AuditModel

/// The name of a bundle: who was asked, which period, and as of which day.
struct BundleName: CustomStringConvertible {
  /// `kfaudit_<host>_<window>_<as-of date>.zip`.
  let description: String

  /// Names the bundle of a pack whose window has a name.
  init(_ manifest: ManifestDocument, window: String) {
    let day = String(decoding: manifest.asOf.utf8.prefix(10), as: UTF8.self)
    description =
      [
        "kfaudit", Self.host(of: manifest.source.server), window, Self.usable(day),
      ].joined(separator: "_") + ".zip"
  }

  /// The host of a server's address; of saved pages, which do not say whose they are, that they are some.
  private static func host(of server: String?) -> String {
    guard let server else { return "saved-pages" }
    // The scheme ends with a colon; `//` has nothing between its slashes, which is no part.
    let authority = server.parts(at: "/").first { !$0.isEmpty && !$0.ends(with: ":") } ?? ""
    let isBracketed = authority.utf8.first == UInt8(ascii: "[")
    let host = authority.parts(at: isBracketed ? "]" : ":").first ?? ""
    let usable = usable(host)
    return usable.isEmpty ? "server" : usable
  }

  /// A text with a hyphen for whatever is neither a letter or digit of ASCII, nor a dot or hyphen; none at its ends.
  private static func usable(_ text: String) -> String {
    let isKept = { (scalar: Unicode.Scalar) in
      scalar == "-" || scalar == "." || scalar.isASCII && scalar.properties.isAlphabetic
        || "0"..."9" ~= scalar
    }
    let scalars = text.unicodeScalars.map { isKept($0) ? $0 : "-" }
    let isEdge = { (scalar: Unicode.Scalar) in scalar == "-" || scalar == "." }
    let start = scalars.drop(while: isEdge)
    let end = start.reversed().drop(while: isEdge).reversed()
    return String(String.UnicodeScalarView(end.prefix(253)))
  }
}
