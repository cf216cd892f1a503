package import AuditEvidence
package import AuditModel

// What signs and time-stamps the pack.
extension Settings {
  /// `--sign-key`: the key that signs the pack.
  package static var signKey: Setting<String> {
    Setting(
      .option(
        "sign-key", "file", .file(),
        help: "Sign with this key: P-256, P-384 or RSA in PEM, or OpenSSH Ed25519."))
  }

  /// `--sign-cert`: its certificate, in PEM.
  package static var signCertificate: Setting<String> {
    Setting(
      .option(
        "sign-cert", "file", .file(),
        help: "Certificate of the PEM key, followed by its chain, in PEM."))
  }

  /// `--sign-command`: instead, a shell command that signs what it reads.
  package static var signCommand: Setting<String> {
    Setting(
      .option(
        "sign-command", "command",
        help:
          "Sign with this shell command instead (HSM, agent): SHA256SUMS on stdin, signature on stdout. Tested before the run."
      ).shown { _ in SettingDeclaration.secret })
  }

  /// `--timestamp-url`: an RFC 3161 authority.
  package static var timestampURL: Setting<String> {
    Setting(
      .option("timestamp-url", "url", help: "Timestamp the pack at this RFC 3161 authority.").shown(
        WebAddress.redacted))
  }
}

extension SettingSources {
  /// What signs and time-stamps the pack; keys are checked here, before the first request.
  func sealing(_ mistakes: inout PlanMistakes) -> Sealing {
    Sealing(signing: signing(&mistakes), authority: authority(&mistakes))
  }

  private func signing(_ mistakes: inout PlanMistakes) -> Sealing.Signing? {
    switch (options.signKey, options.signCommand) {
    case (nil, nil):
      if options.signCertificate != nil {
        mistakes.add(
          .optionIncomplete, "--sign-cert", "--sign-key", "Add the key of the certificate.")
      }
      return nil
    case (_?, _?):
      return mistakes.refuse(
        .optionsConflict, "--sign-key and --sign-command", "Use one of them to sign.")
    case (nil, let command?):
      if options.signCertificate != nil {
        mistakes.add(
          .optionsConflict, "--sign-cert and --sign-command",
          "The signature of a command contains its certificate: remove --sign-cert.")
      }
      if command.trimmingSpaces().isEmpty {
        return mistakes.refuse(.emptySignCommand)
      }
      return .command(command)
    case (let path?, nil): return signer(key: path, &mistakes).map { .key($0) }
    }
  }

  private func signer(key path: String, _ mistakes: inout PlanMistakes) -> PackSigner? {
    let key = environment.file(path, namedBy: "--sign-key", &mistakes)
    let certificatePath = options.signCertificate
    let certificate = certificatePath.flatMap {
      environment.file($0, namedBy: "--sign-cert", &mistakes)
    }
    guard let key, (certificate == nil) == (certificatePath == nil) else { return nil }
    mistakes.checkIsPrivate(key, path: path)
    let place = "--sign-key '\(NamedValue.shown(path))'"
    do {
      let signer = try PackSigner(key: key.bytes, certificate: certificate?.bytes)
      for concern in signer.warnings(at: environment.now) {
        mistakes.add(.signerConcern, place, concern)
      }
      return signer
    } catch {
      return mistakes.refuse(error.message(at: place))
    }
  }

  private func authority(_ mistakes: inout PlanMistakes) -> Sealing.Authority? {
    guard let text = options.timestampURL else { return nil }
    let url: WebAddress
    do {
      url = try WebAddress(text)
    } catch {
      return mistakes.refuse(.invalidTimestampURL, WebAddress.redacted(text))
    }
    let trusted = trustedCertificates(&mistakes)
    let proxies = ProxyResolver(sources: self, scheme: url.scheme)
    let proxy = proxies.proxy(&mistakes)
    return Sealing.Authority(
      url: url, trustedCertificates: trusted?.bytes,
      proxy: proxies.applies(to: url.host, port: url.effectivePort) ? proxy : nil)
  }
}

/// What signs and time-stamps a pack.
package struct Sealing: Sendable {
  /// What makes the signature.
  package enum Signing: Sendable {
    /// A key of this machine, checked.
    case key(PackSigner)
    /// A shell command that reads SHA256SUMS and prints a signature.
    case command(String)
  }

  /// A time-stamping authority and how to reach it.
  package struct Authority: Sendable, Equatable {
    /// Its address.
    package var url: WebAddress
    /// Certificates to trust besides the system's, in PEM.
    package var trustedCertificates: [UInt8]?
    /// The proxy, already decided for this address.
    package var proxy: ProxyAddress?
  }

  /// `nil` for a pack that is not signed.
  package var signing: Signing?
  /// `nil` for a pack without a time-stamp.
  package var authority: Authority?
}
