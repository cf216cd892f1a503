package import AuditModel

/// A signature of one of the two forms that a pack can have.
enum PackSignature {
  case cms(SignedData)
  case ssh(SSHSignature)

  /// Recognises a signature in what a tool wrote: CMS in PEM, DER or BER, or OpenSSH's armour.
  ///
  /// The content that a CMS signature may carry along is dropped: what counts is the file.
  init(reading bytes: [UInt8]) throws(SealError) {
    if bytes.first == 0x30 {
      self = .cms(try Self.cms(bytes))
      return
    }
    let blocks: [Armour]
    do {
      blocks = try Armour.blocks(of: bytes)
    } catch {
      throw SealError("it cannot be read: \(error)")
    }
    guard let block = blocks.first, blocks.count == 1 else {
      throw SealError("it contains \(blocks.count) blocks in PEM or OpenSSH form, not one")
    }
    switch block.label {
    case .cms, .pkcs7: self = .cms(try Self.cms(block.bytes))
    case .sshSignature:
      guard let signature = SSHSignature(block.bytes) else {
        throw SealError("it is not an OpenSSH signature by an Ed25519 key")
      }
      self = .ssh(signature)
    default: throw SealError("it contains a \(block.label.rawValue)")
    }
  }

  /// The certificates in it, the signer's first; none for an OpenSSH signature.
  var certificates: [X509Certificate] {
    if case .cms(let signature) = self { signature.certificates } else { [] }
  }

  /// Who signed, as far as the signature itself shows.
  var signer: SignerDocument {
    switch self {
    case .cms(let signature): SignerDocument(certificates: signature.certificates)
    case .ssh(let signature): SignerDocument(key: signature.key)
    }
  }

  /// What is wrong with it over a content, a clause; `nil` when it is right.
  func fault(over content: [UInt8]) -> String? {
    switch self {
    case .cms(let signature): signature.fault(over: content)
    case .ssh(let signature): signature.fault(over: content)
    }
  }

  /// The file's bytes, in the one form in which a pack has it.
  ///
  /// - Throws: what SwiftASN1 throws, which it has no reason to.
  func file() throws -> [UInt8] {
    switch self {
    case .cms(let signature):
      Armour(label: .cms, bytes: try signature.encoded()).text(width: 64)
    case .ssh(let signature):
      Armour(label: .sshSignature, bytes: signature.encoded).text(width: 70)
    }
  }

  private static func cms(_ bytes: [UInt8]) throws(SealError) -> SignedData {
    var signature: SignedData
    do {
      signature = try SignedData(reading: bytes)
    } catch {
      throw SealError("it is not a CMS signature: \(error.reason)")
    }
    guard signature.contentType == SignedData.data else {
      throw SealError("it is over content of type \(signature.contentType)")
    }
    signature.content = nil
    return signature
  }
}

/// The signature that a command returned, recognised, checked and written in the one form of a pack.
///
/// Commands return what their tools make: PEM, DER or BER, with or without the content, signed and unsigned attributes.
/// What is not signed is written anew, so that the verifier can demand one form of it.
package struct ReturnedSignature: Sendable, Equatable {
  /// Who signed.
  package let signer: SignerDocument
  /// The signature's file.
  package let file: [UInt8]
  private let certificates: [X509Certificate]

  /// Recognises a signature over a content.
  ///
  /// Called with the answer to some other content before the first request, it tells whether the command works, and who
  /// signs, which `manifest.json` has to name before it is signed.
  ///
  /// - Throws: `SigningError.notASignature` when it is not one, or does not fit the content and its own certificate or key.
  package init(_ output: [UInt8], over content: [UInt8]) throws(SigningError) {
    guard !output.isEmpty else { throw .notASignature("the command printed nothing") }
    do {
      let signature = try PackSignature(reading: output)
      if let fault = signature.fault(over: content) { throw SealError(fault) }
      signer = signature.signer
      certificates = signature.certificates
      file = try signature.file()
    } catch let fault as SealError {
      throw .notASignature(fault.description)
    } catch {
      throw .notASignature(error.reason)
    }
  }

  /// What will make a verifier with trust anchors refuse it, in sentences: the certificate's dates and purpose.
  package func warnings(at time: Instant) -> [String] { certificates.warnings(at: time) }
}

/// A signing key that was checked: made before the first request, used when the pack is complete.
package struct PackSigner: Sendable {
  private enum Key {
    case certified(CertifiedKey)
    case ssh(SSHPrivateKey)
  }

  private let key: Key

  /// Checks a key, and that its certificate is its own.
  ///
  /// - Parameters:
  ///   - key: the file of a P-256, P-384 or RSA key (PEM: PKCS #8, SEC 1 or PKCS #1) or of an OpenSSH Ed25519 key.
  ///   - certificate: the PEM file of the key's certificate, followed by those that go along; none for OpenSSH.
  /// - Throws: `SigningError`, whose description is a sentence without the file's path.
  package init(key: [UInt8], certificate: [UInt8]?) throws(SigningError) {
    let block = try Self.key(in: key)
    if block.label == .openSSHPrivateKey {
      guard certificate == nil else { throw .certificateNotWanted }
      self.key = .ssh(try SSHPrivateKey(block.bytes))
    } else {
      guard let certificate else { throw .certificateMissing }
      self.key = .certified(
        try CertifiedKey(block, certificates: Self.certificates(in: certificate)))
    }
  }

  /// Who signs, for `manifest.json`.
  package var signer: SignerDocument {
    switch key {
    case .certified(let key): SignerDocument(certificates: key.certificates)
    case .ssh(let key): SignerDocument(key: key.publicKey)
    }
  }

  /// What will make a verifier with trust anchors refuse a signature made now: the certificate's dates and purpose.
  package func warnings(at time: Instant) -> [String] {
    guard case .certified(let key) = key else { return [] }
    return key.certificates.warnings(at: time)
  }

  /// The signature's file over a content.
  ///
  /// With an RSA or Ed25519 key the same content gives the same bytes; ECDSA signatures hold a random number. Nothing says
  /// when it was signed: a signer could write any time there, and a time-stamp proves one.
  package func sign(_ content: [UInt8]) throws(SigningError) -> [UInt8] {
    do {
      let signature: PackSignature =
        switch key {
        case .certified(let key): .cms(try key.sign(content))
        case .ssh(let key): .ssh(try SSHSignature(of: content, by: key))
        }
      return try signature.file()
    } catch {
      throw .signingFailed(error.reason)
    }
  }

  private static func certificates(
    in file: [UInt8]
  ) throws(SigningError) -> [X509Certificate] {
    do {
      return try X509Certificate.reading(pem: file)
    } catch {
      throw .brokenCertificate("\(error)")
    }
  }

  /// The one private key in a file; the parameters that openssl writes before a SEC 1 key are left aside.
  private static func key(in file: [UInt8]) throws(SigningError) -> Armour {
    let blocks: [Armour]
    do {
      blocks = try Armour.blocks(of: file).filter { $0.label != .ecParameters }
    } catch .headers {
      throw .encryptedKey
    } catch {
      throw .brokenKey("\(error)")
    }
    guard let block = blocks.first, blocks.count == 1 else {
      throw .noKey(found: blocks.map(\.label.rawValue))
    }
    switch block.label {
    case .openSSHPrivateKey, .privateKey, .ecPrivateKey, .rsaPrivateKey: return block
    case .encryptedPrivateKey: throw .encryptedKey
    default: throw .noKey(found: [block.label.rawValue])
    }
  }
}

extension [X509Certificate] {
  /// What speaks against the first of them as a signer's, the others being those that go along.
  func warnings(at time: Instant) -> [String] {
    guard let signer = first else { return [] }
    var path = [signer]
    while let last = path.last,
      let issuer = first(where: { $0.subjectName == last.issuer && !path.contains($0) })
    {
      path.append(issuer)
    }
    let purpose = CertificatePurpose.signing
    return [signer.dateFault(at: time), purpose.fault(of: signer) ?? purpose.fault(along: path)]
      .compactMap { $0 }
  }
}

extension PackSigner: CustomStringConvertible, CustomReflectable {
  /// Who signs; never the key.
  package var description: String { signer.name }
  /// Nothing: what prints every field of a value must not find the key.
  package var customMirror: Mirror { Mirror(self, children: []) }
}
