import AuditModel

/// Decides what a response to a request for instances means.
struct ResponseCheck {
  /// Host, port and path that were asked, for messages.
  let place: String
  /// Whether the request carried a bearer token.
  let isBearer: Bool
  /// The names of the parameters that were sent, for messages.
  let parameters: String
  /// What may have been sent and must not be shown again.
  let trace: SecretTrace

  /// What to do with a response.
  enum Verdict: Equatable {
    /// It holds rows.
    case rows
    /// The credentials are refused; another token may help.
    case unauthorised(FetchError)
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
        target: RedirectTarget.origin(response.values("location").first, trace))
    case _ where response.isPassing:
      throw .busy(response.status, place: place, retryAfter: response.retryAfter)
    default: throw .status(response.status, place: place, reason: reason(response))
    }
  }

  private func checkBody(_ response: HTTPResponseValue) throws(FetchError) -> Verdict {
    let codings = response.contentCodings
    guard codings.isEmpty || codings == ["gzip"] || codings == ["x-gzip"] else {
      let listed = codings.joined(separator: ", ")
      throw unexpected("the content coding \(shown(listed, response))")
    }
    switch response.mediaType {
    case "application/json", "text/json":
      let charset = response.values("content-type").first?.lowercased()
      if let charset, charset.holds("charset="), !charset.holds("utf-8") {
        throw unexpected("the media type \(shown(charset, response))")
      }
      return .rows
    case "text/html":
      return .unauthorised(
        .unexpectedBody(
          place: place, found: "HTML instead of JSON\(title(of: response))", isLogin: true,
          wasBearer: isBearer))
    case nil: throw unexpected("a body without a media type")
    case let type?:
      throw unexpected("the media type \(shown(type, response)) instead of JSON")
    }
  }

  private func unexpected(_ found: String) -> FetchError {
    .unexpectedBody(place: place, found: found, isLogin: false, wasBearer: isBearer)
  }

  /// The vendor's error, else what kind of answer it is.
  private func reason(_ response: HTTPResponseValue) -> String {
    let answer = ForeignAnswer(response: response, trace: trace)
    return answer.vendorError.map { ": \($0)" } ?? answer.facts
  }

  /// A word of a header, where it is fit to be shown.
  private func shown(_ word: String, _ response: HTTPResponseValue) -> String {
    let answer = ForeignAnswer(response: response, trace: trace)
    return answer.shown(word, limit: 60) { " \"+,-./;=_".utf8.contains($0) } ?? "that is not shown"
  }

  private func title(of response: HTTPResponseValue) -> String {
    ForeignAnswer(response: response, trace: trace).title.map { " (\"\($0)\")" } ?? ""
  }
}
