/// What was found of a pack's signature.
public enum SignatureVerdict: Sendable, Equatable {
  /// The pack is not signed; to be said, not passed over.
  case unsigned
  /// The signature is what the signer whom the manifest names made over these bytes.
  case valid(SignerDocument, SignerTrust)
  /// It is not; why, in sentences.
  case invalid([String])
}
