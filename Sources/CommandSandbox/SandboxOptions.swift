import NIOSSL

/// What the stand-in server holds and how it behaves.
///
/// The population depends on `seed`, `instances`, `from`, `to`, `now`, `users` and `hostilePercent`; everything
/// else, the profile included, changes how it is told.
package struct SandboxOptions: Sendable, Equatable {
  /// The product version the server plays.
  package enum Profile: String, CaseIterable, Sendable {
    /// Bare and `pq.` parameter names.
    case v25
    /// As `v25`, with an older version header.
    case v11
    /// Only `pq.` names are understood, no version header.
    case v10
  }

  /// How keys of answers are written.
  package enum KeyCase: String, CaseIterable, Sendable {
    /// `ReferenceId`, as recorded from real servers.
    case pascal
    /// `referenceId`, as some generations of the vendor's clients expect.
    case camel
  }

  /// How dates of answers are written; always in UTC.
  package enum DateStyle: String, CaseIterable, Sendable {
    /// Milliseconds without trailing zeros, no fraction for a whole second: `…:03.6Z`.
    case trimmed
    /// Seven digits, the finest unit the product's platform has: `…:03.6001234Z`.
    case sevenDigits
    /// Seven digits or, for a whole second, none; no zone: `…:03.6001234`.
    case zoneless
  }

  /// Which credentials the server accepts.
  package enum Authentication: String, CaseIterable, Sendable {
    /// A user name and a password.
    case basic
    /// A bearer token of its own token endpoint.
    case oauth
    /// Either.
    case both
  }

  /// How many instances start inside the window; 4 % more lie before and 4 % after it.
  package var instances = 6000
  /// The window's first instant, in milliseconds since 1970; 2026-10-01 UTC.
  package var from: Int64 = 1_790_812_800_000
  /// The first instant after the window, in milliseconds since 1970; 2026-11-01 UTC.
  package var to: Int64 = 1_793_491_200_000
  /// What the server's clock says, in milliseconds since 1970; `nil` for the machine's clock.
  ///
  /// Nothing in the population is later. With the machine's clock the population ends 20 days after
  /// the window, so that it does not change from day to day, or now if that is sooner.
  package var now: Int64?
  /// What everything is drawn from.
  package var seed: UInt64 = 1
  /// How many people and clients there are, the Timer Service apart.
  package var users = 120
  /// How many of a hundred instances have a hostile common name.
  package var hostilePercent = 0
  /// The product version to play.
  package var profile = Profile.v25
  /// How keys are written.
  package var keyCase = KeyCase.pascal
  /// How dates are written.
  package var dateStyle = DateStyle.trimmed
  /// Which credentials are accepted.
  package var authentication = Authentication.both
  /// Whether a status is written as an integer, `SandboxRow.Status.number`.
  package var statusAsInteger = false
  /// Whether the account may not read the audit log.
  package var refusesAudit = false
  /// Whether answers are compressed for clients that accept gzip.
  package var gzip = false
  /// The most rows of one answer, whatever is asked for; the server does not say so.
  package var pageLimit: Int?
  /// How long an answer takes at least, the work on it included.
  package var latencyMilliseconds = 0
  /// Whether the account may read definitions.
  package var showsDefinitions = true
  /// The user of Basic authentication.
  package var userName = "KEYEXAMPLE\\auditor"
  /// The user's password.
  package var password = "sandbox"
  /// The client of OAuth.
  package var clientID = "kfaudit"
  /// The client's secret.
  package var clientSecret = "sandbox"
  /// How long a token is good for, by the machine's clock; at 0 every token is expired at once.
  package var tokenLifetimeSeconds = 300
  /// The port on 127.0.0.1; 0 for any free one.
  package var port = 0
  /// The server's certificate chain in PEM; with `keyPEM`, the server speaks TLS.
  package var certificatePEM: [UInt8]?
  /// The key of the certificate in PEM.
  package var keyPEM: [UInt8]?

  /// The defaults: October 2026, 6000 instances, any free port, no TLS.
  package init() {}
}

/// Why a sandbox does not start.
package enum SandboxError: Error, Equatable {
  /// An option has a value that no server can have.
  case impossibleOption(name: String, value: String, rule: String)
  /// Only one of certificate and key is there, or they are not PEM, or they do not belong together.
  case unusableCertificate(reason: String)
  /// Nothing can listen on the port.
  case unusablePort(Int, reason: String)
}

extension SandboxOptions {
  /// Refuses values that no server can have.
  func check() throws(SandboxError) {
    try require(instances >= 0, "instances", instances, "there cannot be fewer than none")
    try require(from < to, "from", from, "it must lie before to, \(to)")
    try require(users >= 0, "users", users, "there cannot be fewer than none")
    try require(
      0...100 ~= hostilePercent, "hostilePercent", hostilePercent, "it is a share of a hundred")
    try require(0...65_535 ~= port, "port", port, "ports go from 0 to 65535")
    if let pageLimit {
      try require(pageLimit > 0, "pageLimit", pageLimit, "an answer needs room for a row")
    }
    try require(
      latencyMilliseconds >= 0, "latencyMilliseconds", latencyMilliseconds,
      "no answer precedes its request")
  }

  private func require(
    _ holds: Bool, _ name: String, _ value: some BinaryInteger, _ rule: String
  ) throws(SandboxError) {
    guard holds else { throw .impossibleOption(name: name, value: "\(value)", rule: rule) }
  }

  /// What TLS needs; `nil` for plain HTTP.
  func tlsContext() throws(SandboxError) -> NIOSSLContext? {
    guard certificatePEM != nil || keyPEM != nil else { return nil }
    guard let certificatePEM, let keyPEM else {
      throw .unusableCertificate(reason: "one of the two is missing")
    }
    do {
      return try NIOSSLContext(
        configuration: .makeServerConfiguration(
          certificateChain: NIOSSLCertificate.fromPEMBytes(certificatePEM).map { .certificate($0) },
          privateKey: .privateKey(NIOSSLPrivateKey(bytes: keyPEM, format: .pem))))
    } catch {
      throw .unusableCertificate(reason: "\(error)")
    }
  }
}
