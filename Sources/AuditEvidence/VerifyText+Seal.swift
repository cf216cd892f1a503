extension VerifyText {
  /// How to name the anchors that tell whose the signature and the time-stamp are.
  static func trustNote(_ signature: SignerDocument.Kind?, _ isTimestamped: Bool) -> String {
    let certified = [
      signature == .cms ? "the signature is" : nil, isTimestamped ? "the time-stamp is" : nil,
    ]
    .compactMap { $0 }.joined(separator: ", and whose ")
    let authority = """
      #
      # The certificate of an authority, given to you by another way, tells whose \(certified).
      # Name its file, in PEM form: CA_FILE=/path/to/ca.pem sh VERIFY.txt

      """
    let key = """
      #
      # The signer's public key, given to you by another way, tells whose the signature is. Name a file that
      # holds it (ssh-keygen(1), ALLOWED SIGNERS): ALLOWED_SIGNERS=/path/to/file sh VERIFY.txt

      """
    return (signature == .ssh ? key : "") + (certified.isEmpty ? "" : authority)
  }

  /// The commands that check the time-stamp over a file.
  static func timestampStep(of stamped: String) -> String {
    #"""
    # 5. The time-stamp, if the authority gave one, is over \#(stamped). With CA_FILE, its authority is one
    #    of that file's, and the signer is judged by that day.

    at= at_ssh=
    if [ -e SHA256SUMS.tsr ]; then
      openssl ts -reply -in SHA256SUMS.tsr -token_out 2>/dev/null |
        openssl cms -verify -inform DER -noverify 2>/dev/null | od -An -v -tx1 | tr -d ' \n' |
        grep -q "0420$(digest <\#(stamped))" || fault "the time-stamp is over something else"
      stamped=$(openssl ts -reply -in SHA256SUMS.tsr -text 2>/dev/null | sed -n 's/^Time stamp: //p')
      if [ -n "${CA_FILE-}" ]; then
        at="-attime $(date -u -d "$stamped" +%s)"
        at_ssh="-O verify-time=$(date -u -d "$stamped" +%Y%m%d%H%M%SZ)"
        openssl ts -verify -in SHA256SUMS.tsr -data \#(stamped) -CAfile "$CA_FILE" $at \
          >/dev/null 2>&1 ||
          fault "no certificate of $CA_FILE vouches for the time-stamp"
      fi
      echo "Time-stamp: $stamped"
    else
      echo "There is no time-stamp."
    fi

    """#
  }

  /// The commands that check the signature.
  static func signatureStep(_ kind: SignerDocument.Kind, number: Int) -> String {
    kind == .cms ? cmsStep(number) : sshStep(number)
  }

  private static func cmsStep(_ number: Int) -> String {
    #"""
    # \#(number). The signature is over SHA256SUMS, by the certificate whose digest stands in manifest.json. With
    #    CA_FILE, a certificate of that file vouches for the signer.

    cms() {
      openssl cms -verify -binary -inform PEM -in SHA256SUMS.p7s -content SHA256SUMS -purpose any \
        -out /dev/null "$@"
    }
    signer() { cms -noverify -signer /dev/stdout 2>/dev/null; }
    cms -noverify 2>/dev/null || fault "the signature does not match SHA256SUMS"
    grep -q "\"$(signer | openssl x509 -outform DER 2>/dev/null | digest)\"" manifest.json ||
      fault "the signer's certificate is not the one that manifest.json names"
    echo "Signer: $(signer | openssl x509 -noout -subject -nameopt RFC2253 2>/dev/null)"
    if [ -n "${CA_FILE-}" ]; then
      cms -CAfile "$CA_FILE" ${at-} 2>/dev/null ||
        fault "no certificate of $CA_FILE vouches for the signer"
    else
      echo "Who that is, is not established: CA_FILE is not given."
    fi

    """#
  }

  private static func sshStep(_ number: Int) -> String {
    #"""
    # \#(number). The signature is over SHA256SUMS, by the key whose fingerprint stands in manifest.json. With
    #    ALLOWED_SIGNERS, that file allows the key.

    key=$(ssh-keygen -Y check-novalidate -n kfaudit -s SHA256SUMS.sig <SHA256SUMS 2>/dev/null |
      sed -n 's/^Good .* key //p')
    [ -n "$key" ] || fault "the signature does not match SHA256SUMS"
    grep -qF "\"$key\"" manifest.json || fault "the key is not the one that manifest.json names"
    echo "Signer: $key"
    if [ -n "${ALLOWED_SIGNERS-}" ]; then
      name=$(ssh-keygen -Y find-principals -s SHA256SUMS.sig -f "$ALLOWED_SIGNERS" ${at_ssh-} \
        2>/dev/null | head -n 1)
      ssh-keygen -Y verify -n kfaudit -f "$ALLOWED_SIGNERS" -I "$name" -s SHA256SUMS.sig ${at_ssh-} \
        <SHA256SUMS 2>/dev/null || fault "$ALLOWED_SIGNERS does not allow the key"
    else
      echo "Who that is, is not established: ALLOWED_SIGNERS is not given."
    fi

    """#
  }
}
