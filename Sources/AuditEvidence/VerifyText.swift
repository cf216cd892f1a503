/// VERIFY.txt: how to check a pack with standard tools only.
///
/// The text is a shell script whose prose is in comments, so that what a person reads is exactly what runs,
/// and what a test has run.
package enum VerifyText {
  /// The file's bytes, for a pack with a form of signature or none, and whether a time-stamp and definitions were asked for.
  ///
  /// Whether there is a time-stamp, the script finds out: it is written, and signed, before the authority answers.
  package static func of(
    signature: SignerDocument.Kind?, isTimestamped: Bool, hasDefinitions: Bool = false
  ) -> [UInt8] {
    let signatureName = signature?.fileName
    let timestampName = isTimestamped ? Seal.timestampFileName : nil
    var parts = [
      introduction(signature, isTimestamped), rules,
      listing(beside: [signatureName, timestampName].compactMap { $0 }),
      contents(hasDefinitions: hasDefinitions),
    ]
    if isTimestamped { parts.append(timestampStep(of: signatureName ?? "SHA256SUMS")) }
    if let signature { parts.append(signatureStep(signature, number: isTimestamped ? 6 : 5)) }
    return Array((parts + [answer(signature)]).joined(separator: "\n").utf8)
  }

  private static func introduction(
    _ signature: SignerDocument.Kind?, _ isTimestamped: Bool
  ) -> String {
    let tools =
      ["coreutils", "findutils", "grep", "sed", "gzip"]
      + (signature == .cms || isTimestamped ? ["openssl"] : [])
      + (signature == .ssh ? ["ssh-keygen"] : [])
    return """
      # How to check this pack without kfaudit
      #
      # The lines that do not begin with "#" are commands for a POSIX shell. They only read, and need
      # nothing but \(tools.dropLast().joined(separator: ", ")) and \(tools.last ?? ""). Read them first; then, in this folder, paste
      # them into a shell, or run: sh VERIFY.txt
      #
      # They do not recompute the figures. This does, with nothing but Python's standard library; the
      # script is installed with kfaudit and part of each release:
      #
      #   python3 /usr/local/share/kfaudit/recompute.py .

      """ + (signature == nil ? unsignedNote : "")
        + trustNote(signature, isTimestamped)
  }

  private static let unsignedNote = """
    #
    # This pack is not signed: the commands show that its files fit together, not who made them. Compare
    # the digest of SHA256SUMS, which is printed last, with the one you were given by another way.

    """

  private static func listing(beside names: [String]) -> String {
    let others = (["SHA256SUMS"] + names).map { "! -path ./\($0)" }.joined(separator: " ")
    return #"""
      # 2. Every file is listed in SHA256SUMS, and every listed file is there.

      astray=$({ cut -c67- SHA256SUMS; find . -type f \#(others) | cut -c3-; } | sort | uniq -u)
      [ -z "$astray" ] || fault "unlisted, or listed and missing:" "$astray"

      """#
  }

  private static let rules = #"""
    export LC_ALL=C
    faults=0 established= at= at_ssh=
    fault() { echo "FAULT: $*"; faults=$((faults + 1)); }

    # 1. There are only plain files and folders, with plain names.

    odd=$(find . ! -type f ! -type d -o -name '*[[:cntrl:]]*')
    [ -z "$odd" ] || fault "not a plain file or name:" "$odd"

    """#

  private static func contents(hasDefinitions: Bool) -> String {
    #"""
    # 3. Every file has the digest it is listed with.

    if [ -z "$odd$astray" ]; then
      sha256sum --check --strict --quiet SHA256SUMS || fault "a file is not what was published"
    fi

    # 4. In the journal each line holds the digest of the line before, each page has the digest of its
    #    line once decompressed, and the digest of the last line stands in manifest.json.\#(hasDefinitions ? definitionsNote : "")

    field() {
      printf '%s\n' "$line" | sed -nE "s/.*\"$1\":\"(([^\"\\\\]|\\\\.)*)\".*/\1/p" |
        sed 's/\\\(.\)/\1/g'
    }
    digest() { sha256sum | cut -c1-64; }
    previous=$(printf '%064d' 0)
    while IFS= read -r line || [ -n "$line" ]; do
      [ "$(field previous)" = "$previous" ] ||
        fault "the journal is broken before:" "$line"
      page=$(field file)
      case $page in
      evidence/pages/*/* | evidence/pages/..) found= ;;
      evidence/pages/*.gz) found=$(gzip -dc <"./$page" | digest) ;;
      evidence/pages/*) found=$(digest <"./$page") ;;\#(hasDefinitions ? definitionsCase : "")
      *) found= ;;
      esac
      [ "$(field sha256)" = "$found" ] ||
        fault "not the page of the journal:" "$page"
      previous=$(printf '%s' "$line" | digest)
    done <evidence/journal.jsonl
    grep -qxF -e "  \"journalHead\" : \"$previous\"," manifest.json ||
      fault "the journal's end is not the manifest's"

    """#
  }

  private static let definitionsNote = #"""

    #    Of workflow definitions the journal has the digest of the answer, which is not kept, and that of
    #    the file with what is kept of it.
    """#

  private static let definitionsCase = #"""

      evidence/definitions/*/* | evidence/definitions/..) found= ;;
      evidence/definitions/*)
        found=
        [ "$(digest <"./$page")" != "$(field storedSha256)" ] || found=$(field sha256) ;;
    """#

  private static func answer(_ signature: SignerDocument.Kind?) -> String {
    let unknown =
      signature == nil ? "the pack is not signed" : "it is not established who signed them"
    return #"""
      # The answer; the exit status is 0 only when there is no fault.

      if [ "$faults" -gt 0 ]; then
        echo "NOT INTACT: this pack has $faults fault(s)."
        false
      elif [ -n "$established" ]; then
        echo "VERIFIED: the files are what the signer published. SHA256SUMS: $(digest <SHA256SUMS)"
      else
        echo "CONSISTENT: the files fit together; \#(unknown). SHA256SUMS: $(digest <SHA256SUMS)"
      fi

      """#
  }
}
