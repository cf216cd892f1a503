import AuditModel
import FoundationEssentials

/// Bytes in a text: what is between `-----BEGIN label-----` and `-----END label-----`, in Base64.
struct Armour: Equatable {
  /// What the bytes are: one of the labels that files of keys, certificates and signatures have.
  ///
  /// Any other label is foreign text, a whole key where the line ends are lost. It is never kept, and
  /// so no message can show it.
  enum Label: String, CaseIterable {
    case certificate = "CERTIFICATE"
    case trustedCertificate = "TRUSTED CERTIFICATE"
    case certificateRequest = "CERTIFICATE REQUEST"
    case revocationList = "X509 CRL"
    case privateKey = "PRIVATE KEY"
    case encryptedPrivateKey = "ENCRYPTED PRIVATE KEY"
    case ecPrivateKey = "EC PRIVATE KEY"
    case ecParameters = "EC PARAMETERS"
    case rsaPrivateKey = "RSA PRIVATE KEY"
    case dsaPrivateKey = "DSA PRIVATE KEY"
    case openSSHPrivateKey = "OPENSSH PRIVATE KEY"
    case publicKey = "PUBLIC KEY"
    case rsaPublicKey = "RSA PUBLIC KEY"
    case cms = "CMS"
    case pkcs7 = "PKCS7"
    case sshSignature = "SSH SIGNATURE"
    case pgpSignature = "PGP SIGNATURE"
    case pgpMessage = "PGP MESSAGE"
    /// Any other.
    case unnamed = "block of another kind"
  }

  /// What the bytes are.
  var label: Label
  /// The bytes.
  var bytes: [UInt8]

  /// The one form in which a file of ours is written: lines of `width` digits, line feeds, one at the end.
  ///
  /// PEM (RFC 7468) has 64 digits a line, OpenSSH has 70.
  func text(width: Int) -> [UInt8] {
    let digits = Array(Data(bytes).base64EncodedString().utf8)
    var text = Array("-----BEGIN \(label.rawValue)-----\n".utf8)
    for start in stride(from: 0, to: digits.count, by: width) {
      text += digits[start..<min(start + width, digits.count)]
      text.append(UInt8(ascii: "\n"))
    }
    return text + Array("-----END \(label.rawValue)-----\n".utf8)
  }

  /// Every block of a text, in order; text around the blocks is left aside, as tools print it there.
  ///
  /// Lenient in the length of lines and in white space: it reads what others wrote.
  static func blocks(of text: [UInt8]) throws(ArmourError) -> [Armour] {
    var blocks: [Armour] = []
    var open: (label: Label, written: [UInt8], digits: [UInt8])?
    for line in text.split(separator: UInt8(ascii: "\n")) {
      let line = line.trimming { [UInt8(ascii: " "), 9, 13].contains($0) }
      if let written = try label(of: line, after: "-----BEGIN ") {
        if let open { throw .unfinished(open.label) }
        open = (Self.known(written), written, [])
      } else if let written = try label(of: line, after: "-----END ") {
        guard let block = open, block.written == written else {
          throw .unbegun(Self.known(written))
        }
        blocks.append(Armour(label: block.label, bytes: try decoded(block.digits, block.label)))
        open = nil
      } else {
        open?.digits += line
      }
    }
    if let block = open { throw .unfinished(block.label) }
    return blocks
  }

  private static func decoded(_ digits: [UInt8], _ label: Label) throws(ArmourError) -> [UInt8] {
    // RFC 1421's headers, "Proc-Type: 4,ENCRYPTED", are how encrypted keys of old look.
    guard !digits.contains(UInt8(ascii: ":")) else { throw .headers(label) }
    guard let data = Data(base64Encoded: Data(digits)), !data.isEmpty else {
      throw .notBase64(label)
    }
    return Array(data)
  }

  /// The label on a line that begins so; `nil` on another line.
  private static func label(
    of line: [UInt8], after prefix: String
  ) throws(ArmourError) -> [UInt8]? {
    let tail = Array("-----".utf8)
    guard line.starts(with: prefix.utf8), line.count > prefix.utf8.count + tail.count else {
      return nil
    }
    let rest = line.dropFirst(prefix.utf8.count)
    guard let end = rest.firstRange(of: tail) else { return nil }
    // With its line ends the text has lost what parts the label from the content.
    guard end.upperBound == rest.endIndex else {
      throw .flat(known(Array(rest[..<end.lowerBound])))
    }
    return Array(rest[..<end.lowerBound])
  }

  private static func known(_ written: [UInt8]) -> Label {
    Label.allCases.first { $0.rawValue.utf8.elementsEqual(written) } ?? .unnamed
  }
}

/// Why a text in armour cannot be read.
enum ArmourError: Error, Equatable, CustomStringConvertible {
  /// A block has a beginning without an end.
  case unfinished(Armour.Label)
  /// A block has an end without its beginning.
  case unbegun(Armour.Label)
  /// A block has headers before its content.
  case headers(Armour.Label)
  /// A block's content is not Base64.
  case notBase64(Armour.Label)
  /// A block's first or last line has more after its label.
  case flat(Armour.Label)

  var description: String {
    switch self {
    case .unfinished(let label): "the \(label.rawValue) in it has no end"
    case .unbegun(let label): "a \(label.rawValue) ends in it without its beginning"
    case .headers(let label): "the \(label.rawValue) in it has headers"
    case .notBase64(let label): "the content of the \(label.rawValue) in it is not Base64"
    case .flat(let label):
      "the \(label.rawValue) in it has lost its line ends: the lines with BEGIN and END must stand alone"
    }
  }
}
