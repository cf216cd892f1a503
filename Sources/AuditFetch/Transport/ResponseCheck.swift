import AuditModel
import FoundationEssentials

/// Decides what a response to a request for instances means.
struct ResponseCheck {
  /// Host, port and path that were asked, for messages.
  let place: String
  /// Whether the request carried a bearer token.
  let isBearer: Bool
  /// The names of the parameters that were sent, for messages.
  let parameters: String
  /// The response, as far as it may be shown.
  let answer: ForeignAnswer

  /// How the credentials are refused, where another token may help; `nil` for a response that holds rows.
  func refusal(wasRenewed: Bool) throws(FetchError) -> FetchError? {
    switch response.status {
    case 200: return try checkBody()
    case 401: return .credentialsRefused(place: place, wasRenewed: wasRenewed)
    case 400: throw .rejected(place: place, reason: reason, parameters: parameters)
    case 403: throw .forbidden(place: place, reason: reason)
    case 301, 302, 303, 307, 308:
      throw .redirected(
        response.status, place: place,
        target: RedirectTarget.origin(response.values("location").first, answer.trace))
    case _ where response.isPassing:
      throw .busy(response.status, place: place, retryAfter: response.retryAfter)
    default: throw .status(response.status, place: place, reason: reason)
    }
  }

  private func checkBody() throws(FetchError) -> FetchError? {
    switch response.content {
    case .json: return nil
    case .page:
      let title = answer.title.map { " (\"\($0)\")" } ?? ""
      return .unexpectedBody(
        place: place, found: "HTML instead of JSON\(title)", isLogin: true, wasBearer: isBearer)
    case .coded(let codings): throw unexpected("the content coding \(shown(codings))")
    case .encoded(let type): throw unexpected("the media type \(shown(type))")
    case .other(nil): throw unexpected("a body without a media type")
    case .other(let type?): throw unexpected("the media type \(shown(type)) instead of JSON")
    }
  }

  private func unexpected(_ found: String) -> FetchError {
    .unexpectedBody(place: place, found: found, isLogin: false, wasBearer: isBearer)
  }

  private var response: HTTPResponseValue { answer.response }

  /// The vendor's error, else what kind of answer it is.
  private var reason: String { answer.vendorError.map { ": \($0)" } ?? answer.facts }

  /// A word of a header, where it is fit to be shown.
  private func shown(_ word: String) -> String {
    answer.shown(word, limit: 60) { " \"+,-./;=_".utf8.contains($0) } ?? "that is not shown"
  }
}

extension HTTPResponseValue {
  /// What a body is.
  enum Content: Equatable {
    /// JSON that can be read.
    case json
    /// A page for people, as of a login.
    case page
    /// It has gone through content codings that nobody undoes.
    case coded(String)
    /// JSON in another encoding of text than UTF-8, with the media type.
    case encoded(String)
    /// Something else, with its media type.
    case other(String?)
  }

  /// What the headers say that the body is.
  var content: Content {
    let codings = contentCodings
    guard codings.isEmpty || codings == ["gzip"] || codings == ["x-gzip"] else {
      return .coded(codings.joined(separator: ", "))
    }
    switch mediaType {
    case "application/json", "text/json":
      let type = values("content-type").first?.lowercased() ?? ""
      return type.holds("charset=") && !type.holds("utf-8") ? .encoded(type) : .json
    case "text/html": return .page
    case let type: return .other(type)
    }
  }
}

/// An answer that is not the one that was asked for, as far as a message may show it.
///
/// Its body is never shown: it may hold a token, or reflect what was sent. What may be shown has a form of its own, and
/// no trace of a secret in it.
struct ForeignAnswer {
  let response: HTTPResponseValue
  /// What may have been sent and must not be shown again.
  let trace: SecretTrace

  /// What kind of answer it is: its media type, its length and the ID by which the vendor's support finds it.
  var facts: String {
    let facts = [
      mediaType, response.body.isEmpty ? nil : "\(response.body.count) bytes",
      correlation.map { "correlation ID \($0)" },
    ].compactMap { $0 }
    return facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))"
  }

  /// The media type, if it looks like one.
  var mediaType: String? {
    response.mediaType.flatMap { shown($0, limit: 60) { "+-./".utf8.contains($0) } }
  }

  /// The vendor's code and message; `nil` for a body of another shape, and where a credential may be in them.
  var vendorError: String? {
    struct Body: Decodable {
      var code: String?
      var message: String?

      private enum CodingKeys: String, CodingKey {
        case code = "ErrorCode"
        case message = "Message"
      }
    }
    guard let body: Body = decoded() else { return nil }
    let parts = [body.code, body.message].compactMap { $0 }
    guard !parts.contains(where: { Self.hasEscapes($0.utf8) }) else { return nil }
    let text = parts.filter { $0.utf8.allSatisfy { 0x20..<0x7F ~= $0 } }.joined(separator: ", ")
    return text.isEmpty || trace.isIn(text.utf8) ? nil : TerminalText.sanitized(text, limit: 200)
  }

  /// Whether a text spells characters by their numbers: a secret would not be known again.
  private static func hasEscapes(_ text: String.UTF8View) -> Bool {
    let bytes = Array(text)
    return [#"\x"#, #"\u"#, #"\0"#, #"\1"#, "&#", "%"].contains {
      bytes.firstRange(of: Array($0.utf8)) != nil
    }
  }

  /// The code of an OAuth error, when it is one of those that are registered for token endpoints; not what follows it.
  var oauthError: String? {
    struct Body: Decodable {
      var error: String
    }
    guard let body: Body = decoded() else { return nil }
    let code = body.error.utf8.prefix { $0 != UInt8(ascii: " ") }
    return Self.oauthErrors.first { $0.utf8.elementsEqual(code) }
  }

  /// The title of an HTML page; `nil` without one, and where a credential may be in it.
  var title: String? {
    let text = String(decoding: response.body.prefix(20_000), as: UTF8.self)
    guard let start = text.utf8.firstRange(of: "<title>".utf8),
      let end = text.utf8.firstRange(of: "</title>".utf8), start.upperBound <= end.lowerBound
    else { return nil }
    let title = text[start.upperBound..<end.lowerBound]
    return trace.isIn(title.utf8) ? nil : TerminalText.sanitized(String(title), limit: 80)
  }

  /// A word of a header, if it holds nothing but letters, digits and some signs, and no credential.
  func shown(_ word: String, limit: Int, sign: (UInt8) -> Bool) -> String? {
    let isPlain = word.utf8.allSatisfy { sign($0) || $0.isASCIIAlphanumeric }
    return isPlain && 1...limit ~= word.utf8.count && !trace.isIn(word.utf8) ? word : nil
  }

  /// RFC 6749 (5.2), RFC 8628, RFC 8693, RFC 9449, and what providers take from the endpoint for authorisation.
  private static let oauthErrors = [
    "invalid_request", "invalid_client", "invalid_grant", "unauthorized_client",
    "unsupported_grant_type", "invalid_scope", "invalid_target", "invalid_dpop_proof",
    "use_dpop_nonce", "access_denied", "slow_down", "expired_token", "server_error",
    "temporarily_unavailable",
  ]

  private var correlation: String? {
    response.values("x-keyfactor-correlation-id").first.flatMap { value in
      shown(value, limit: 36) { $0 == UInt8(ascii: "-") }.flatMap {
        UUID(uuidString: $0)?.uuidString
      }
    }
  }

  private func decoded<Body: Decodable>() -> Body? {
    do {
      return try JSONDocument.read(from: response.body)
    } catch {
      // Errors need not be JSON: proxies and gateways write their own.
      return nil
    }
  }
}

/// Where a redirect would lead, for a message: its origin only, since the rest may hold anything.
enum RedirectTarget {
  static func origin(_ location: String?, _ trace: SecretTrace) -> String {
    guard let location, !location.isEmpty else { return "nowhere" }
    if location.begins(with: "/"), !location.begins(with: "//") { return "the same server" }
    let address = String(decoding: location.utf8.prefix { !"?#".utf8.contains($0) }, as: UTF8.self)
    do {
      // `//host/path` keeps the scheme, which is not known to matter here.
      let target = try WebAddress(address.begins(with: "//") ? "https:" + address : address)
      guard !trace.isIn(target.host.utf8) else { return "an address that cannot be shown" }
      return "\(target.scheme)://\(try HostAndPort(of: target.description))"
    } catch {
      return "an address that cannot be shown"
    }
  }
}
