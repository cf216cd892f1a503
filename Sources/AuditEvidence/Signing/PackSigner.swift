package import AuditModel

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

  /// What will make a verifier with trust anchors refuse a signature made now, in sentences: the certificate's dates and
  /// purpose.
  package func warnings(at time: Instant) -> [String] {
    guard case .certified(let key) = key else { return [] }
    return key.certificates.warnings(at: time)
  }

  /// The signature's file over a content.
  ///
  /// With an RSA or Ed25519 key the same content gives the same bytes; ECDSA signatures hold a random number. Nothing says
  /// when it was signed: a signer could write any time there, and a time-stamp proves one.
  ///
  /// - Throws: `SigningError.signingFailed`.
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
