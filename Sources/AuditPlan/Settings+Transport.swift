import AuditModel

// Whom to trust, how to identify and how long to wait.
extension Settings {
  /// `--ca-file`: certificates to trust, in PEM.
  package static var caFile: Setting<String> {
    let variable = "KEYFACTOR_CA_CERT"
    return Setting(
      .option(
        "ca-file", "file", .file(),
        default: .words(help: variable, shown: "the system's authorities"),
        help: "\(moreTrust), in PEM.", variable: variable, profile: "ca_cert_path"
      ).shown(ConfigShow.certificates))
  }

  /// What it is, in the words of its option and of its variable.
  static let moreTrust = "Certificates to trust in addition to the system's"

  /// `--client-cert`: the client's certificate chain, in PEM.
  package static var clientCertificate: Setting<String> {
    Setting(
      .option("client-cert", "file", .file(), help: "Client certificate with its chain, in PEM."))
  }

  /// `--client-key`: the key of the client's certificate, in PEM.
  package static var clientKey: Setting<String> {
    Setting(.option("client-key", "file", .file(), help: "Key of the client certificate, in PEM."))
  }

  /// Whether verification is to be skipped, which is refused.
  static let skipVerify = Setting<String>(
    .variable(
      "KEYFACTOR_SKIP_VERIFY", profile: "skip_tls_verify",
      help: "Refused unless it means no: certificates are always verified."))

  static let timeout = Setting<Int>(
    .variable(
      "KEYFACTOR_CLIENT_TIMEOUT", named: "timeout",
      default: .words(shown: "\(Connection.standardTimeoutSeconds)"),
      help: "Time limit of a request, in seconds.")
  ) { text, mistakes in
    if let seconds = Int(text), 1...3600 ~= seconds { return seconds }
    return mistakes.refuse(.invalidTimeout, NamedValue.shown(text))
  }
}

extension SettingSources {
  /// Verification cannot be switched off, and nobody shall think it is: what is not plainly a no is a yes.
  func refuseSkippedVerification(_ mistakes: inout PlanMistakes) {
    guard let setting = written(Settings.skipVerify),
      !["", "0", "f", "false", "n", "no", "off"].contains(
        setting.value.trimmingSpaces().lowercased())
    else { return }
    mistakes.add(.skippedVerification, setting.origin)
  }

  /// Certificates to trust besides the system's, in PEM, and where they come from.
  func trustedCertificates(
    _ mistakes: inout PlanMistakes
  ) -> (bytes: [UInt8], origin: String)? {
    guard let setting = written(Settings.caFile) else { return nil }
    if setting.origin != "--ca-file", setting.value.holds("-----BEGIN") {
      // PEM ends with a line feed, which a setting has no longer.
      return certificates(Array("\(setting.value)\n".utf8), in: setting.origin, &mistakes)
        .map { ($0, setting.origin) }
    }
    guard let file = file(setting, &mistakes) else { return nil }
    let place = "\(setting.origin): \(setting.shown)"
    return certificates(file.bytes, in: place, &mistakes).map { ($0, place) }
  }

  /// The client's certificate chain and its key, in PEM, which come in a pair.
  func clientIdentity(
    _ mistakes: inout PlanMistakes
  ) -> (certificate: [UInt8], key: [UInt8])? {
    switch (written(Settings.clientCertificate), written(Settings.clientKey)) {
    case (nil, nil): return nil
    case (_?, nil):
      return mistakes.refuse(
        .optionIncomplete, "--client-cert", "--client-key", "Add the key of the certificate.")
    case (nil, _?):
      return mistakes.refuse(
        .optionIncomplete, "--client-key", "--client-cert", "Add the certificate of the key.")
    case (let chain?, let clientKey?):
      let certificate = file(chain, &mistakes).flatMap { file in
        certificates(file.bytes, in: "\(chain.origin): \(chain.shown)", &mistakes)
      }
      let key = file(clientKey, &mistakes).flatMap {
        self.key($0, path: clientKey.value, &mistakes)
      }
      guard let certificate, let key else { return nil }
      return (certificate, key)
    }
  }

  private func file(_ setting: WrittenValue, _ mistakes: inout PlanMistakes) -> NamedFile? {
    environment.file(setting.value, namedBy: setting.origin, &mistakes)
  }

  private func certificates(
    _ bytes: [UInt8], in place: String, _ mistakes: inout PlanMistakes
  ) -> [UInt8]? {
    if String(decoding: bytes, as: UTF8.self).holds("-----BEGIN CERTIFICATE-----") {
      return bytes
    }
    return mistakes.refuse(.noCertificateInFile, place)
  }

  private func key(
    _ file: NamedFile, path: String, _ mistakes: inout PlanMistakes
  ) -> [UInt8]? {
    let text = String(decoding: file.bytes, as: UTF8.self)
    let place = "--client-key: \(NamedValue.shown(path))"
    if text.holds("-----BEGIN ENCRYPTED PRIVATE KEY-----")
      || text.holds("Proc-Type: 4,ENCRYPTED")
    {
      return mistakes.refuse(.encryptedClientKey, place)
    }
    guard text.holds("PRIVATE KEY-----") else {
      return mistakes.refuse(.noKeyInFile, place)
    }
    mistakes.checkIsPrivate(file, path: path)
    return file.bytes
  }
}
