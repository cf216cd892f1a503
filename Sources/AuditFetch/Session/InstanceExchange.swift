import AuditModel

/// One request and its answer, with another token when the server refuses the first.
struct InstanceExchange: Sendable {
  let server: ServerAddress
  let userAgent: String
  let transport: any HTTPTransport
  let authoriser: Authoriser

  /// The headers of a response that say something about the read.
  private static let keptHeaders: Set<String> = [  // text: names of headers
    "api-supported-versions", "content-encoding", "content-type", "date",
    "x-keyfactor-correlation-id", "x-keyfactor-product-version", "x-total-count",
  ]

  /// Enters what a response tells beside its content, also when it is a refusal.
  typealias Noting = ((inout ServerFacts) -> Void) -> Void

  /// Host, port and path, for messages.
  var place: String { "\(server)/Workflow/Instances" }

  /// Sends a request for a list in JSON, to a path with a query; a refused token is renewed once.
  func page(
    _ target: String, _ style: ParameterStyle, noting: Noting
  ) async throws(FetchError) -> RawPage {
    try await answer(target, apiVersion: 1, noting: noting) {
      (response, trace, wasRenewed) throws(FetchError) in
      let path = target.utf8.prefix { $0 != UInt8(ascii: "?") }
      let check = ResponseCheck(
        place: url(String(decoding: path, as: UTF8.self)), isBearer: authoriser.isBearer,
        parameters: style.names, answer: ForeignAnswer(response: response, trace: trace))
      if let refusal = try check.refusal(wasRenewed: wasRenewed) {
        return .unauthorised(.failure(refusal))
      }
      return .answered(page(of: response, target, trace))
    }
  }

  /// Asks for a version of a definition, as a version of the API; a refused token is renewed once.
  func definition(
    _ question: DefinitionQuestion, apiVersion: Int, noting: Noting
  ) async throws(FetchError) -> DefinitionResponse {
    let target = question.target(path: server.path)
    return try await answer(target, apiVersion: apiVersion, noting: noting) {
      (response, trace, _) throws(FetchError) in
      if response.isPassing {
        throw .busy(
          response.status, place: "\(server)/Workflow/Definitions", retryAfter: response.retryAfter)
      }
      let answer = DefinitionResponse(page: page(of: response, target, trace), response)
      return answer.isUnauthorised ? .unauthorised(.success(answer)) : .answered(answer)
    }
  }

  /// What an answer is to whoever asked.
  private enum Verdict<Value> {
    /// It is the answer.
    case answered(Value)
    /// The credentials are refused; it is the answer unless another token helps.
    case unauthorised(Result<Value, FetchError>)
  }

  private func answer<Value>(
    _ target: String, apiVersion: Int, noting: Noting,
    judge: (HTTPResponseValue, SecretTrace, _ wasRenewed: Bool) throws(FetchError) -> Verdict<Value>
  ) async throws(FetchError) -> Value {
    var refused: Secret?
    while true {
      let authorisation = try await authoriser.authorisation(replacing: refused)
      let response: HTTPResponseValue
      do throws(TransportError) {
        response = try await transport.send(request(target, apiVersion, authorisation))
      } catch {
        throw .transport(error)
      }
      let trace = authoriser.trace(of: authorisation)
      noting { $0.take(response, trace) }
      switch try judge(response, trace, refused != nil) {
      case .answered(let value): return value
      case .unauthorised(let answer):
        guard authoriser.canRenew, refused == nil else { return try answer.get() }
        noting { $0.refusedTokens += 1 }
        refused = authorisation
      }
    }
  }

  /// What is wrong with a page, without its words where a credential may be among them.
  func showable(_ error: PageError) -> PageError {
    guard authoriser.isReflected(in: "\(error.reason) \(error.field ?? "")") else { return error }
    var shown = error
    let words = "what is wrong with it may hold a credential and is not shown"
    shown.reason =
      if case .brokenRow = error.reason { .brokenRow(words) } else { .notTheProtocol(words) }
    shown.field = nil
    return shown
  }

  private func request(
    _ target: String, _ apiVersion: Int, _ authorisation: Secret
  ) -> HTTPRequestValue {
    HTTPRequestValue(
      method: .get, url: url(target),
      headers: [
        .init(name: "x-keyfactor-requested-with", value: "APIClient"),
        .init(name: "x-keyfactor-api-version", value: String(apiVersion)),
        .init(name: "accept", value: "application/json"),
        .init(name: "authorization", value: authorisation.reveal()),
        .init(name: "user-agent", value: userAgent),
      ])
  }

  private func url(_ target: String) -> String {
    var origin = server
    origin.path = ""
    return origin.description + target
  }

  private func page(
    of response: HTTPResponseValue, _ target: String, _ trace: SecretTrace
  ) -> RawPage {
    RawPage(
      request: target, status: response.status,
      headers: response.headers.filter { Self.keptHeaders.contains($0.name) }
        .map { Self.recorded($0, trace) },
      body: response.body)
  }

  /// A header as it may be in the journal: a server may echo what it was sent.
  ///
  /// Totals and dates are kept as they are, since a short password may well occur in one.
  private static func recorded(_ header: RawPage.Header, _ trace: SecretTrace) -> RawPage.Header {
    if header.name == "x-total-count", Int(header.value) != nil { return header }
    if header.name == "date", HTTPDate.instant(header.value) != nil { return header }
    return .init(name: header.name, value: trace.redacted(header.value))
  }
}

extension SecretTrace {
  /// A value that a server sent, unless a secret may be in it.
  fileprivate func redacted(_ value: String) -> String { isIn(value.utf8) ? "(redacted)" : value }
}

extension ServerFacts {
  /// Takes over what a response tells beside its content.
  fileprivate mutating func take(_ response: HTTPResponseValue, _ trace: SecretTrace) {
    if let version = response.values("x-keyfactor-product-version").first {
      productVersion = trace.redacted(version)
    }
    if let date = response.values("date").first.flatMap(HTTPDate.instant) { serverDate = date }
  }
}

/// An accepted answer to one request for instances.
struct Answer: Sendable {
  /// The page as received.
  var page: RawPage
  /// Who its rows are, in the server's order.
  var rows: [RowIdentity]
  /// How many instances the server counts for the filter; `nil` when it does not say.
  var total: Int?
  /// How many rows were asked for.
  var asked: Int
}
