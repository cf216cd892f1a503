public import AuditModel

/// The signature that a command returned, recognised, checked and written in the one form of a pack.
///
/// Commands return what their tools make: PEM, DER or BER, with or without the content, signed and unsigned attributes.
/// What is not signed is written anew, so that the verifier can demand one form of it.
public struct ReturnedSignature: Sendable, Equatable {
  /// Who signed.
  public let signer: SignerDocument
  /// The signature's file.
  public let file: [UInt8]
  private let certificates: [X509Certificate]

  /// Recognises a signature over a content.
  ///
  /// Called with the answer to some other content before the first request, it tells whether the command works, and who
  /// signs, which `manifest.json` has to name before it is signed.
  ///
  /// - Throws: `SigningError.notASignature` when it is none, or does not fit the content and its own certificate or key.
  public init(_ output: [UInt8], over content: [UInt8]) throws(SigningError) {
    guard !output.isEmpty else { throw .notASignature("the command printed nothing") }
    do {
      let signature = try PackSignature(reading: output)
      if let fault = signature.fault(over: content) { throw SealFault(fault) }
      signer = signature.signer
      certificates = signature.certificates
      file = try signature.file()
    } catch let fault as SealFault {
      throw .notASignature(fault.description)
    } catch {
      throw .notASignature(error.words)
    }
  }

  /// What will make a verifier with trust anchors refuse it, in sentences: the certificate's dates and purpose.
  public func concerns(at time: Instant) -> [String] { certificates.concerns(at: time) }
}
