import AuditModel

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

  /// What to do with a response.
  enum Verdict: Equatable {
    /// It holds rows.
    case rows
    /// The credentials are refused; another token may help.
    case unauthorised(FetchError)
  }

  func verdict(wasRenewed: Bool) throws(FetchError) -> Verdict {
    switch response.status {
    case 200: return try checkBody()
    case 401: return .unauthorised(.credentialsRefused(place: place, wasRenewed: wasRenewed))
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

  private func checkBody() throws(FetchError) -> Verdict {
    let codings = response.contentCodings
    guard codings.isEmpty || codings == ["gzip"] || codings == ["x-gzip"] else {
      throw unexpected("the content coding \(shown(codings.joined(separator: ", ")))")
    }
    switch response.mediaType {
    case "application/json", "text/json":
      let charset = response.values("content-type").first?.lowercased()
      if let charset, charset.holds("charset="), !charset.holds("utf-8") {
        throw unexpected("the media type \(shown(charset))")
      }
      return .rows
    case "text/html":
      let title = answer.title.map { " (\"\($0)\")" } ?? ""
      return .unauthorised(
        .unexpectedBody(
          place: place, found: "HTML instead of JSON\(title)", isLogin: true,
          wasBearer: isBearer))
    case nil: throw unexpected("a body without a media type")
    case let type?: throw unexpected("the media type \(shown(type)) instead of JSON")
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
