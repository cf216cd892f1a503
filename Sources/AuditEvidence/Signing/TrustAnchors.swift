import AuditModel
import FoundationEssentials

/// What a verifier trusts: certification authorities, keys, or both.
package struct TrustAnchors: Sendable {
  /// Certificates of authorities, or of signers themselves; `nil` when no file was given.
  let certificates: [X509Certificate]?
  /// What the authorities revoked.
  let revocations: [RevocationList]
  /// Keys of signers; `nil` when no file was given.
  let allowedSigners: [AllowedSigner]?

  /// Trusts certificates or keys that are known.
  init(certificates: [X509Certificate]? = nil, allowedSigners: [AllowedSigner]? = nil) {
    self.certificates = certificates
    revocations = []
    self.allowedSigners = allowedSigners
  }

  /// Reads the files of `--ca-file`, certificates and CRLs in PEM, and of `--allowed-signers`, as ssh-keygen reads it.
  package init(certificates: [UInt8]?, allowedSigners: [UInt8]?) throws(SigningError) {
    self.allowedSigners = try allowedSigners.map(AllowedSigner.reading)
    guard let certificates else {
      self.certificates = nil
      revocations = []
      return
    }
    do {
      (self.certificates, revocations) = try Self.reading(certificates)
    } catch {
      throw .brokenTrust(file: "--ca-file", "\(error)")
    }
  }

  private static func reading(_ pem: [UInt8]) throws -> ([X509Certificate], [RevocationList]) {
    var certificates: [X509Certificate] = []
    var revocations: [RevocationList] = []
    for (index, block) in try Armour.blocks(of: pem).enumerated() {
      if block.label == .revocationList {
        revocations.append(try RevocationList(der: block.bytes))
      } else {
        certificates.append(try X509Certificate(block, number: index + 1))
      }
    }
    guard !certificates.isEmpty else {
      throw SealError("there is no certificate in PEM form in it")
    }
    return (certificates, revocations)
  }
}

/// A line of an allowed_signers file (ssh-keygen(1), ALLOWED SIGNERS) that vouches for an Ed25519 key.
struct AllowedSigner: Equatable {
  /// Whose key it is.
  var principals: String
  /// The key.
  var key: SSHPublicKey
  /// What it may sign; `nil` for anything.
  var namespaces: [String]?
  /// Since when.
  var validAfter: Instant?
  /// Until when.
  var validBefore: Instant?

  /// Why the line does not allow a signature at a time, in a sentence; `nil` when it does.
  func fault(at time: Instant) -> String? {
    if let namespaces, !namespaces.contains(SSHSignature.namespace) {
      return "The key of \(principals) is not allowed for the namespace \(SSHSignature.namespace)."
    }
    if let validAfter, time < validAfter {
      return "The key of \(principals) is not allowed before \(validAfter)."
    }
    if let validBefore, validBefore <= time {
      return "The key of \(principals) is not allowed since \(validBefore)."
    }
    return nil
  }

  /// Reads a file.
  ///
  /// Keys of other types and certification authorities are left aside: they vouch for no signature here. What is not
  /// understood is refused, since an option that is overlooked may be one that forbids.
  ///
  /// - Throws: `SigningError.brokenTrust`, which names the line.
  static func reading(_ file: [UInt8]) throws(SigningError) -> [AllowedSigner] {
    var signers: [AllowedSigner] = []
    let lines = file.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      do {
        let fields = words(of: String(decoding: line, as: UTF8.self))
        guard let first = fields.first, !first.begins(with: "#") else { continue }
        if let signer = try reading(fields) { signers.append(signer) }
      } catch {
        throw .brokenTrust(file: "--allowed-signers", "line \(index + 1) \(error)")
      }
    }
    guard !signers.isEmpty else {
      throw .brokenTrust(file: "--allowed-signers", "it allows no Ed25519 key")
    }
    return signers
  }
}

extension AllowedSigner {
  /// Reads `principals [options] type key [comment]`.
  private static func reading(_ fields: [String]) throws(SealError) -> AllowedSigner? {
    let options = fields.count > 1 && !SSHPublicKey.types.contains(fields[1]) ? fields[1] : nil
    let rest = fields.dropFirst(options == nil ? 1 : 2)
    guard let type = rest.first, SSHPublicKey.types.contains(type), rest.count > 1 else {
      throw SealError(
        "is not of the form `principals [options] ssh-ed25519 KEY` that ssh-keygen reads")
    }
    var isAuthority = false
    var signer = AllowedSigner(
      principals: unquoted(fields[0]), key: SSHPublicKey(bytes: []), namespaces: nil)
    for option in separated(options ?? "") {
      let (name, value) = split(option)
      switch name {
      case "cert-authority" where value == nil: isAuthority = true
      case "namespaces": signer.namespaces = try namespaces(value)
      case "valid-after": signer.validAfter = try instant(value)
      case "valid-before": signer.validBefore = try instant(value)
      default:
        // The text may be part of a key.
        throw SealError(
          ["no-touch-required", "verify-required"].contains(name)
            ? "has an option that is not understood: \(name)"
            : "has an option that is not understood")
      }
    }
    guard type == SSHPublicKey.type, !isAuthority else { return nil }
    guard let blob = Data(base64Encoded: rest[rest.startIndex + 1]),
      let key = SSHPublicKey(blob: Array(blob))
    else { throw SealError("contains no Ed25519 key") }
    signer.key = key
    return signer
  }

  private static func namespaces(_ value: String?) throws(SealError) -> [String] {
    let names = (value ?? "").parts(at: ",")
    guard !names.isEmpty, !names.contains(where: { $0.utf8.contains { "*?!".utf8.contains($0) } })
    else {
      throw SealError("has a pattern for namespaces; write the names")
    }
    return names
  }

  /// `20261001Z`, `202610011200Z` or `20261001120000Z`; without `Z` OpenSSH takes the zone of the machine.
  private static func instant(_ value: String?) throws(SealError) -> Instant {
    let digits = Array((value ?? "").dropLast())
    guard value?.ends(with: "Z") == true, [8, 12, 14].contains(digits.count) else {
      throw SealError("has a time that is not YYYYMMDD[HHMM[SS]]Z, in UTC")
    }
    let part = { (start: Int, count: Int) in
      start < digits.count ? String(digits[start..<start + count]) : "00"
    }
    let text =
      "\(part(0, 4))-\(part(4, 2))-\(part(6, 2))T\(part(8, 2)):\(part(10, 2)):\(part(12, 2))Z"
    guard let instant = Instant(rfc3339: text) else {
      throw SealError("has a time that does not exist")
    }
    return instant
  }

  /// The words of a line; blanks within double quotes do not part them.
  private static func words(of line: String) -> [String] {
    pieces(of: line) { $0 == " " || $0 == "\t" || $0 == "\r" }
  }

  /// The options of a word; commas within double quotes do not part them.
  private static func separated(_ options: String) -> [String] {
    pieces(of: options) { $0 == "," }
  }

  private static func pieces(of text: String, at parts: (Unicode.Scalar) -> Bool) -> [String] {
    var isQuoted = false
    return text.unicodeScalars.split { scalar in
      if scalar == "\"" { isQuoted.toggle() }
      return !isQuoted && parts(scalar)
    }.map { String(String.UnicodeScalarView($0)) }
  }

  private static func split(_ option: String) -> (name: String, value: String?) {
    let parts = option.parts(at: "=", maxSplits: 1, keepingEmpty: true)
    return (parts[0].lowercased(), parts.count > 1 ? unquoted(parts[1]) : nil)
  }

  private static func unquoted(_ text: String) -> String {
    text.count > 1 && text.begins(with: "\"") && text.ends(with: "\"")
      ? String(text.dropFirst().dropLast()) : text
  }
}
