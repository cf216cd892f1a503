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
  /// What may have been sent and must not be shown again.
  let secrets: [Secret]

  /// What to do with a response.
  enum Verdict: Equatable {
    /// It holds rows.
    case rows
    /// The credentials are refused; another token may help.
    case unauthorised(FetchError)
  }

  private struct VendorError: Decodable {
    var code: String?
    var message: String?

    private enum CodingKeys: String, CodingKey {
      case code = "ErrorCode"
      case message = "Message"
    }
  }

  func verdict(on response: HTTPResponseValue, wasRenewed: Bool) throws(FetchError) -> Verdict {
    switch response.status {
    case 200: return try checkBody(response)
    case 401: return .unauthorised(.credentialsRefused(place: place, wasRenewed: wasRenewed))
    case 400:
      throw .rejected(place: place, reason: reason(response), parameters: parameters)
    case 403: throw .forbidden(place: place, reason: reason(response))
    case 301, 302, 303, 307, 308:
      throw .redirected(
        response.status, place: place,
        target: RedirectTarget.origin(response.values("location").first))
    case _ where response.isPassing:
      throw .busy(response.status, place: place, retryAfter: response.retryAfter)
    default: throw .status(response.status, place: place, reason: reason(response))
    }
  }

  private func checkBody(_ response: HTTPResponseValue) throws(FetchError) -> Verdict {
    for coding in response.values("content-encoding").map({ $0.lowercased() })
    where !["gzip", "deflate", "identity"].contains(coding) {
      throw unexpected("the content coding \(TerminalText.clean(coding, limit: 40))")
    }
    switch response.mediaType {
    case "application/json", "text/json":
      let charset = response.values("content-type").first?.lowercased()
      if let charset, charset.holds("charset="), !charset.holds("utf-8") {
        throw unexpected("the media type \(TerminalText.clean(charset, limit: 60))")
      }
      return .rows
    case "text/html":
      return .unauthorised(
        .unexpectedBody(
          place: place, found: "HTML instead of JSON\(title(response))", isLogin: true,
          wasBearer: isBearer))
    case nil: throw unexpected("a body without a media type")
    case let type?:
      throw unexpected("the media type \(TerminalText.clean(type, limit: 60)) instead of JSON")
    }
  }

  private func unexpected(_ found: String) -> FetchError {
    .unexpectedBody(place: place, found: found, isLogin: false, wasBearer: isBearer)
  }

  /// The vendor's error, or the beginning of the body.
  private func reason(_ response: HTTPResponseValue) -> String {
    guard !response.body.isEmpty, response.mediaType != "text/html" else { return "" }
    let text = vendorError(response).map { Array($0.utf8) } ?? response.body
    return ": " + TerminalText.clean(SecretScrubber.scrub(text, of: secrets), limit: 200)
  }

  /// The vendor's code and message; `nil` for a body of another shape.
  private func vendorError(_ response: HTTPResponseValue) -> String? {
    do {
      let error = try JSONDecoder().decode(VendorError.self, from: Data(response.body))
      let parts = [error.code, error.message].compactMap { $0 }
      return parts.isEmpty ? nil : parts.joined(separator: ", ")
    } catch {
      // Errors need not be JSON: proxies and gateways write their own.
      return nil
    }
  }

  private func title(_ response: HTTPResponseValue) -> String {
    let text = String(decoding: response.body.prefix(20_000), as: UTF8.self)
    guard let start = text.utf8.firstRange(of: "<title>".utf8),
      let end = text.utf8.firstRange(of: "</title>".utf8), start.upperBound <= end.lowerBound
    else { return "" }
    let title = SecretScrubber.scrub(text[start.upperBound..<end.lowerBound].utf8, of: secrets)
    return " (\"\(TerminalText.clean(title, limit: 80))\")"
  }
}
