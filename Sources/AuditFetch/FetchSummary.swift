public import AuditModel

/// What is known of a read after its last page.
public struct FetchSummary: Sendable, Equatable {
  /// The total that the server announced with the first page.
  public var announcedTotal: Int?
  /// Requests sent, those for tokens not counted.
  public var requests = 0
  /// What the server says in `X-Keyfactor-Product-Version`.
  public var productVersion: String?
  /// The certificate that the server showed, in DER; `nil` without TLS.
  public var peerCertificate: [UInt8]?
  /// The server's clock at the last answer.
  public var serverDate: Instant?
  /// Path and query of the first page's request, exactly as sent.
  public var query = ""
  /// The largest page, when the server never returned as many instances as were asked for though more remained.
  public var returnedFewerThanAsked: Int?
  /// How the server wants its parameters named.
  public var parameterStyle = ParameterStyle.bare
}
