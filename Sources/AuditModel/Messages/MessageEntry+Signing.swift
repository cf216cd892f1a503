extension MessageEntry {
  /// Messages about signing and timestamps.
  static let signing: [MessageEntry] = [
    MessageEntry(
      .encryptedKey, .exits(.configuration),
      "‹place›the signing key is encrypted, and passphrases are not supported. Decrypt it into a file that only the job can read (openssl pkey -in KEY -out NEW, or ssh-keygen -p -N '' -f KEY), or use --sign-command with an agent or HSM.",
      cause: "A job at night has nobody to ask for a passphrase.",
      remedy: "Decrypt it, or use --sign-command."),
    MessageEntry(
      .noSigningKey, .exits(.configuration),
      "‹place›the signing key file must contain one private key in PEM or OpenSSH form. It contains ‹found›.",
      cause: "The file is a certificate, a public key, or contains several keys.",
      remedy: "Use a file with one private key."),
    MessageEntry(
      .unsupportedKey, .exits(.configuration),
      "‹place›the signing key is of a kind that is not supported (‹kind›). ‹usable›",
      cause: "The key is of another kind, or too short.",
      remedy: "Make a key of a supported kind."),
    MessageEntry(
      .brokenKey, .exits(.configuration),
      "‹place›the signing key cannot be read: ‹reason›. ‹usable›",
      cause: "The file is damaged, or of another kind.",
      remedy: "Test it with openssl pkey -check."),
    MessageEntry(
      .certificateMissing, .exits(.configuration),
      "‹place›a PEM signing key needs its certificate. Add --sign-cert, with the signing certificate first.",
      cause: "A CMS signature contains the certificate of the signer.",
      remedy: "Add --sign-cert."),
    MessageEntry(
      .certificateNotWanted, .exits(.configuration),
      "‹place›an OpenSSH signing key has no certificate. Remove --sign-cert, or use a PEM key.",
      cause: "OpenSSH signatures contain the key alone.",
      remedy: "Remove --sign-cert."),
    MessageEntry(
      .brokenCertificate, .exits(.configuration),
      "‹place›the signing certificate cannot be used: ‹reason›. --sign-cert takes a PEM file (BEGIN CERTIFICATE), with the signing certificate first.",
      cause: "The file is damaged, or of another kind.",
      remedy: "Test it with openssl x509."),
    MessageEntry(
      .keyDoesNotMatch, .exits(.configuration),
      "‹place›the signing key does not belong to the certificate of ‹subject›. The signing certificate must be the first in --sign-cert.",
      cause: "Key and certificate are of different signers, or the chain is in the wrong order.",
      remedy: "Put the signing certificate first."),
    MessageEntry(
      .signerConcern, .exits(.configuration),
      "‹place›: ‹concern› Use a certificate that verifiers accept.",
      cause: "The certificate is not valid now, or not for signing.",
      remedy: "Use a certificate that verifiers accept."),
    MessageEntry(
      .signingFailed, .exits(.inputOutput),
      "the pack could not be signed: ‹reason›. Nothing was published. Check the key.",
      cause: "The library refused the key.",
      remedy: "Test the key with openssl or ssh-keygen."),
    MessageEntry(
      .unusableSignature, .exits(.inputOutput),
      "the output of --sign-command cannot be used: ‹reason›. It must be a detached CMS signature in PEM or DER over the bytes as they are (openssl cms -sign -binary), or an OpenSSH Ed25519 signature for the namespace kfaudit.",
      cause: "The command prints something else, or signs something else.",
      remedy: "Test it: sh -c 'COMMAND' < SHA256SUMS"),
    MessageEntry(
      .unacceptableSigner, .exits(.configuration),
      "--sign-command: ‹reasons› Sign with a certificate that verifiers accept.",
      cause: "The certificate is not valid now, or not for signing.",
      remedy: "Use another certificate."),
    MessageEntry(
      .unusableTimestamp, .exits(.inputOutput),
      "the response of the timestamp authority cannot be used: ‹reason›. Try again, or use another --timestamp-url.",
      cause: "The authority refused, or its response does not fit the request.",
      remedy: "Try again, or use another authority."),
    MessageEntry(
      .unusableTrust, .exits(.configuration),
      "‹file› cannot be used: ‹reason›. Correct the file, or use another.",
      cause: "The file is damaged, or of another kind.",
      remedy: "Test it with openssl x509, or compare it with ssh-keygen(1)."),
    MessageEntry(
      .signCommandFailed, .exits(.inputOutput),
      "‹command› exited with status ‹status›‹words›. Nothing was published. Test it with sh -c 'COMMAND' < SHA256SUMS.",
      cause: "The key, the agent or the HSM is not there, or refuses.",
      remedy: "Run the command by hand as the user of the job."),
    MessageEntry(
      .signCommandSilent, .exits(.inputOutput),
      "‹command› printed nothing. It must print a signature to stdout. Nothing was published.",
      cause: "The command writes the signature to a file, or does nothing.",
      remedy: "Let it write to stdout."),
    MessageEntry(
      .signCommandTimeout, .exits(.tryLater),
      "‹command› did not end within ‹seconds› s. Nothing was published. Run again when the key responds.",
      cause: "A token waits for a touch or a PIN.",
      remedy: "Run again when somebody is there."),
    MessageEntry(
      .changedSigner, .exits(.inputOutput),
      "‹command› signed as ‹signed›, but as ‹tried› when it was tested before the run. Nothing was published. Check which key it uses.",
      cause: "The token or agent was exchanged during the run.",
      remedy: "Check the key, then run again."),
    MessageEntry(
      .noTimestamp, .continues,
      "the pack has no timestamp: ‹error›",
      cause: "The authority could not be reached, or its response cannot be used.",
      remedy: "The pack is signed as usual; check --timestamp-url for the next run."),
  ]
}
