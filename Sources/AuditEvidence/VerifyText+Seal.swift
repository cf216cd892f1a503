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
    let subject = """
      #
      # SIGNER accepts this one signer only, by the subject as it is printed below or by the SHA-256 of the
      # certificate in hexadecimal digits: SIGNER='CN=…,O=…' CA_FILE=/path/to/ca.pem sh VERIFY.txt

      """
    let fingerprint = """
      #
      # SIGNER accepts this one key only, by its fingerprint: SIGNER=SHA256:… sh VERIFY.txt

      """
    let pin = signature.map { $0 == .ssh ? fingerprint : subject } ?? ""
    return (signature == .ssh ? key : "") + (certified.isEmpty ? "" : authority)
      + pin
  }

  /// The commands that check the time-stamp over a file.
  ///
  /// Digest and time are read from what the authority signed; the text of its answer is not signed.
  static func timestampStep(of stamped: String) -> String {
    #"""
    # 5. The time-stamp, if the authority gave one, is over \#(stamped). With CA_FILE, its authority is one
    #    of that file's, and the signer is judged by that day. Digest and time are those that the authority
    #    signed.

    token() {
      openssl ts -reply -in SHA256SUMS.tsr -token_out 2>/dev/null |
        openssl cms -verify -inform DER -noverify -out "$1" 2>/dev/null
    }
    if [ -e SHA256SUMS.tsr ]; then
      token /dev/null || fault "the time-stamp is not signed by its authority"
      info=$(token /dev/stdout | openssl asn1parse -inform DER 2>/dev/null)
      imprint=$(printf '%s\n' "$info" |
        sed -nE 's/^ *[0-9]+:d=2 +hl=2 l= *32 prim: +OCTET STRING +\[HEX DUMP\]:([0-9A-F]{64})$/\1/p' |
        tr A-F a-f)
      [ "$imprint" = "$(digest <\#(stamped))" ] || fault "the time-stamp is over something else"
      stamped=$(printf '%s\n' "$info" |
        sed -nE 's/^ *[0-9]+:d=1 +hl=2 l= *[0-9]+ prim: +GENERALIZEDTIME +:([0-9]{14})(\.[0-9]+)?Z$/\1/p')
      time=$(printf '%s\n' "$stamped" | sed -nE \
        's/^(....)(..)(..)(..)(..)(..)$/\1-\2-\3 \4:\5:\6 UTC/p')
      case $stamped in
      ??????????????) seconds=$(date -u -d "$time" +%s 2>/dev/null) ;;
      *) seconds= ;;
      esac
      [ -n "$seconds" ] || fault "the time-stamp does not hold one time"
      if [ -n "${CA_FILE-}" ] && [ -n "$seconds" ]; then
        at="-attime $seconds"
        at_ssh="-O verify-time=${stamped}Z"
        openssl ts -verify -in SHA256SUMS.tsr -data \#(stamped) -CAfile "$CA_FILE" $at \
          >/dev/null 2>&1 ||
          fault "no certificate of $CA_FILE vouches for the time-stamp"
      fi
      echo "Time-stamp: $time"
    else
      echo "There is no time-stamp."
    fi

    """#
  }

  /// The commands that check the signature.
  static func signatureStep(_ kind: SignerDocument.Kind, number: Int) -> String {
    kind == .cms ? cmsStep(number) : sshStep(number)
  }

  /// What manifest.json has of the signer, as the whole lines that only its own member can have.
  private static let named = #"""
    named() { sed -n '/^  "signer" : {$/,/^  }/p' manifest.json; }
    """#

  private static func cmsStep(_ number: Int) -> String {
    #"""
    # \#(number). The signature is over SHA256SUMS, by the certificate whose digest stands in manifest.json. With
    #    CA_FILE, a certificate of that file vouches for the signer, and nothing between the two limits it
    #    to other purposes than signing mail, code or documents. Revocation lists are not looked at.

    \#(named)
    cms() {
      openssl cms -verify -binary -inform PEM -in SHA256SUMS.p7s -content SHA256SUMS -purpose any \
        -out /dev/null "$@"
    }
    certificate=$(cms -noverify -signer /dev/stdout 2>/dev/null)
    signer() { printf '%s\n' "$certificate"; }
    cms -noverify 2>/dev/null || fault "the signature does not match SHA256SUMS"
    [ "$(signer | grep -cx -e '-----BEGIN CERTIFICATE-----')" = 1 ] || fault "there is not one signer"
    sha256=$(signer | openssl x509 -outform DER 2>/dev/null | digest)
    first=$(named | sed -n '/^    "certificatesSha256" : \[$/{n;p;}' | tr -d '", ')
    [ "$sha256" = "$first" ] || fault "the signer's certificate is not the one that manifest.json names"
    subject=$(signer | openssl x509 -noout -subject -nameopt RFC2253 2>/dev/null | sed '1s/^subject=//')
    echo "Signer: subject=$subject"
    if [ -n "${SIGNER-}" ]; then
      wanted=$(printf '%s' "$SIGNER" | tr -d : | tr A-F a-f)
      if [ "$wanted" = "$sha256" ]; then
        [ -n "${CA_FILE-}" ] || signer | openssl x509 -noout -checkend 0 >/dev/null 2>&1 ||
          fault "the signer's certificate has expired"
      else
        [ "$SIGNER" = "$subject" ] || fault "the signer is not $SIGNER"
        [ -n "${CA_FILE-}" ] || fault "anyone can write this subject: SIGNER needs CA_FILE"
      fi
    fi
    allowed='Code Signing
    E-mail Protection
    1.3.6.1.5.5.7.3.36'
    extension() { openssl x509 -noout -ext "$1" 2>/dev/null | sed '1d; s/^ *//; s/, */,/g' | tr , '\n'; }
    narrow() {
      usages=$(printf '%s\n' "$1" | extension extendedKeyUsage)
      case $usages in '') return ;; esac
      printf '%s\n' "$usages" | grep -qx 'Any Extended Key Usage' && return
      allowed=$(printf '%s\n' "$allowed" | grep -xF -e "$usages")
    }
    names() { printf '%s\n' "$1" | openssl x509 -noout "$2" 2>/dev/null; }
    narrow "$certificate"
    usages=$(signer | extension keyUsage)
    case $usages in
    '' | *'Digital Signature'* | *'Non Repudiation'*) ;;
    *) allowed= ;;
    esac
    if [ -n "${CA_FILE-}" ]; then
      cms -CAfile "$CA_FILE" ${at-} 2>/dev/null ||
        fault "no certificate of $CA_FILE vouches for the signer"
      others=$(cms -noverify -certsout /dev/stdout 2>/dev/null; cat "$CA_FILE")
      issuer=$(names "$certificate" -issuer_hash)
      seen=
      while [ -n "$issuer" ]; do
        case " $seen " in *" $issuer "*) break ;; esac
        seen="$seen $issuer" next= pem=
        while IFS= read -r line; do
          case $line in '-----BEGIN CERTIFICATE-----'*) pem= ;; esac
          pem="$pem$line
    "
          case $line in '-----END CERTIFICATE-----'*) ;; *) continue ;; esac
          [ "$(names "$pem" -subject_hash)" = "$issuer" ] || continue
          narrow "$pem"
          next=$(names "$pem" -issuer_hash)
        done <<END
    $others
    END
        issuer=$next
      done
    fi
    if [ -n "${CA_FILE-}${SIGNER-}" ]; then
      established=yes
    else
      echo "Who that is, is not established: CA_FILE is not given."
    fi
    [ -n "$allowed" ] || [ -z "${CA_FILE-}${SIGNER-}" ] ||
      fault "the signer's certificate is for another purpose"

    """#
  }

  private static func sshStep(_ number: Int) -> String {
    #"""
    # \#(number). The signature is over SHA256SUMS, by the key whose fingerprint stands in manifest.json. With
    #    ALLOWED_SIGNERS, that file allows the key.

    \#(named)
    key=$(ssh-keygen -Y check-novalidate -n kfaudit -s SHA256SUMS.sig <SHA256SUMS 2>/dev/null |
      sed -nE 's/^Good "kfaudit" signature with ED25519 key (SHA256:[A-Za-z0-9+/]{43})$/\1/p')
    [ -n "$key" ] || fault "the signature does not match SHA256SUMS"
    named | grep -qxF -e "    \"keyFingerprint\" : \"$key\"," ||
      fault "the key is not the one that manifest.json names"
    echo "Signer: $key"
    if [ -n "${SIGNER-}" ]; then
      [ "${SIGNER%=}" = "$key" ] || fault "the signer is not $SIGNER"
      established=yes
    fi
    if [ -n "${ALLOWED_SIGNERS-}" ]; then
      allowed=$(ssh-keygen -Y find-principals -s SHA256SUMS.sig -f "$ALLOWED_SIGNERS" ${at_ssh-} \
        2>/dev/null | while IFS= read -r name; do
          ssh-keygen -Y verify -n kfaudit -f "$ALLOWED_SIGNERS" -I "$name" -s SHA256SUMS.sig \
            ${at_ssh-} <SHA256SUMS >/dev/null 2>&1 && printf '%s\n' "$name"
        done)
      [ -n "$allowed" ] || fault "$ALLOWED_SIGNERS does not allow the key"
      echo "Allowed for: $allowed"
      established=yes
    elif [ -z "${SIGNER-}" ]; then
      echo "Who that is, is not established: ALLOWED_SIGNERS is not given."
    fi

    """#
  }
}
