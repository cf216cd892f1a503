/// What the stand-in server holds and how it behaves.
public struct SandboxOptions: Sendable, Equatable {
  /// The product version it plays; the data stays the same.
  public enum Profile: String, CaseIterable, Sendable {
    /// Bare and `pq.` parameter names.
    case v25
    /// The same with an older version header.
    case v11
    /// Only `pq.` names, no version header.
    case v10
  }

  /// How keys are written.
  public enum KeyCase: String, CaseIterable, Sendable {
    case pascal
    case camel
  }

  /// How dates are written.
  public enum DateStyle: String, CaseIterable, Sendable {
    /// `…:03.6Z`, trailing zeros left out.
    case trimmed
    /// `…:03.6000000Z`.
    case sevenDigits
    /// `…:03.6`, no zone.
    case zoneless
  }

  /// Which credentials are accepted.
  public enum Authentication: String, CaseIterable, Sendable {
    case basic
    case oauth
    case both
  }

  /// How many instances start inside the window; more lie before and after it.
  public var instances = 6000
  /// The window's first instant, in milliseconds since 1970.
  public var from: Int64 = 1_790_812_800_000
  /// The first instant after the window.
  public var to: Int64 = 1_793_491_200_000
  /// What the server's clock says; `nil` for the machine's.
  public var now: Int64?
  /// What everything is drawn from.
  public var seed: UInt64 = 1
  /// How many people and clients there are.
  public var users = 120
  /// How many of a hundred common names are hostile.
  public var hostilePercent = 0
  /// The product version to play.
  public var profile = Profile.v25
  /// How keys are written.
  public var keyCase = KeyCase.pascal
  /// How dates are written.
  public var dateStyle = DateStyle.trimmed
  /// Which credentials are accepted.
  public var authentication = Authentication.both
  /// Whether a status is an integer.
  public var statusAsInteger = false
  /// Whether answers are compressed for clients that take gzip.
  public var gzip = false
  /// The most rows the server returns, whatever it is asked for; it does not say so.
  public var pageLimit: Int?
  /// How long each answer is held back.
  public var latencyMilliseconds = 0
  /// The user for Basic authentication.
  public var userName = "KEYEXAMPLE\\auditor"
  /// The user's password.
  public var password = "sandbox"
  /// The client for OAuth.
  public var clientID = "kfaudit"
  /// The client's secret.
  public var clientSecret = "sandbox"
  /// How long a token is good for.
  public var tokenLifetimeSeconds = 300
  /// The port; 0 for any free one.
  public var port = 0
  /// The server's certificate chain in PEM; with a key, the server speaks TLS.
  public var certificatePEM: [UInt8]?
  /// The key of the certificate in PEM.
  public var keyPEM: [UInt8]?

  /// The defaults: October 2026, 6000 instances.
  public init() {}
}
