package import AuditModel

/// README.txt: what the folder is and where to begin, for somebody who opens it for the first time.
package enum ReadMe {
  /// Where it lies in a pack.
  package static let path = "README.txt"

  /// Renders a report's.
  package static func render(_ report: ReportDocument, beside files: PackFiles) -> Artifact {
    let title = TerminalText.sanitized(WindowTitle(window: report.cover.window).text)
    let isSealed = report.completeness.verdict != .incomplete
    let verdict = report.completeness.verdict.label.lowercased()
    var lines = [
      "EVIDENCE PACK: certificate workflows, \(title)", "",
      "Start here",
      files.page
        ? "  Open report.html in a browser. It needs no network and no other file."
        : "  This pack was made without a page; report.json or instances.csv have the figures and rows.",
      "  Its completeness is \(verdict), for all that the account that read it may see.",
      "", "What is in it",
    ]
    lines += files.listing.map { "  \($0)" }
    lines += ["", "How to check it"]
    lines +=
      isSealed
      ? report.servers == nil
        ? [
          "  Keep the folder as it is. In it, run one of these:", "",
          "    sha256sum -c SHA256SUMS     no file was changed",
          "    sh VERIFY.txt               the same, the request log and the signature",
          "    kfaudit verify .            recomputes every figure",
          "    python3 /usr/local/share/kfaudit/recompute.py .",
          "                                the same without kfaudit; the script is installed with it",
        ]
        : [
          "  Run kfaudit verify on each pack that report.html lists, and here:", "",
          "    sha256sum -c SHA256SUMS     no file was changed",
        ]
      : [
        "  It cannot be checked: a part of the period could not be read. Do not use it as evidence."
      ]
    lines += ["", "It may name people. Handle it as your organisation handles personal data.", ""]
    return Artifact(
      path: path, mediaType: "text/plain", bytes: Array(lines.joined(separator: "\n").utf8))
  }
}
