import AuditModel

/// One read of a window over a transport.
struct InstanceRead {
  private let plan: FetchPlan
  private let userAgent: String
  private let transport: any HTTPTransport
  private let authoriser: Authoriser
  private let patience: Patience

  /// The headers of a response that say something about the read.
  private static let keptHeaders: Set<String> = [
    "api-supported-versions", "content-encoding", "content-type", "date",
    "x-keyfactor-correlation-id",
    "x-keyfactor-product-version", "x-total-count",
  ]

  /// What a read remembers between its requests.
  private struct Progress {
    var summary = FetchSummary()
    var policy = RetryPolicy()
    var random: any RandomNumberGenerator & Sendable
  }

  init(
    plan: FetchPlan, userAgent: String, transport: any HTTPTransport, authoriser: Authoriser,
    patience: Patience = .real
  ) {
    self.plan = plan
    self.userAgent = userAgent
    self.transport = transport
    self.authoriser = authoriser
    self.patience = patience
  }

  /// Reads every page; `random` draws the waits before retries.
  func run(
    random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator(),
    _ keep: (FetchedPage) async throws -> Void
  ) async throws -> FetchSummary {
    var progress = Progress(random: random)
    let style = try await parameterStyle(&progress)
    progress.summary.parameterStyle = style
    var walk = PageWalk(window: plan.window)
    var size = PageSize(plan.pageSize)
    var step = walk.start
    while case .ask(let last) = step {
      let (page, rows) = try await ask(style, &size, &progress) { limit in
        .instances(of: plan.window, after: last, limit: limit)
      }
      if progress.summary.query.isEmpty {
        progress.summary.query = page.request
        progress.summary.announcedTotal = try Self.total(of: page, at: place)
      }
      do {
        step = try walk.receive(rows, asked: size.rows)
      } catch {
        throw FetchError.brokenPaging(place: place, reason: error.sentence)
      }
      size.keepUp()
      try await keep(
        FetchedPage(page: page, purpose: .read(1), after: last, rows: rows.count))
    }
    progress.summary.returnedFewerThanAsked = walk.clampedSize
    return progress.summary
  }

  /// Finds out how the server wants its parameters named: a filter that nothing satisfies must give nothing.
  private func parameterStyle(_ progress: inout Progress) async throws -> ParameterStyle {
    for style in ParameterStyle.allCases {
      var size = PageSize(1)
      let (_, rows) = try await ask(style, &size, &progress) { _ in .impossible }
      if rows.isEmpty { return style }
    }
    throw FetchError.filterIgnored(place: place)
  }

  /// Asks for a page until it comes, or until the policy gives up; a page that is no JSON gets one more chance.
  private func ask(
    _ style: ParameterStyle, _ size: inout PageSize, _ progress: inout Progress,
    _ query: (Int) -> InstanceQuery
  ) async throws -> (RawPage, [RowIdentity]) {
    progress.policy.begin()
    var attempt = 1
    var wasUnreadable = false
    while true {
      do {
        let page = try await send(query(size.rows), style, &progress.summary)
        let rows = try PageScan.rows(of: page.body, page: page.request)
        progress.policy.succeed()
        return (page, rows)
      } catch let error as PageError {
        guard case .notTheProtocol = error.reason, !wasUnreadable else { throw error }
        wasUnreadable = true
      } catch let error as FetchError {
        let failure = RetryPolicy.Failure(error)
        switch progress.policy.decide(
          on: failure, attempt: attempt, date: progress.summary.serverDate, random: &progress.random
        )
        {
        case .giveUp(let error): throw error
        case .again(let milliseconds):
          if case .timeout = failure { size.shrink() }
          try await patience.wait(milliseconds)
          attempt += 1
        }
      }
    }
  }

  /// Sends one request, with another token when the first one is refused.
  private func send(
    _ query: InstanceQuery, _ style: ParameterStyle, _ summary: inout FetchSummary
  ) async throws(FetchError) -> RawPage {
    let target = query.target(path: plan.connection.server.path, style: style)
    var refused: Secret?
    while true {
      let authorisation = try await authoriser.authorisation(insteadOf: refused)
      summary.requests += 1
      let response: HTTPResponseValue
      do throws(TransportFailure) {
        response = try await transport.send(request(target, authorisation))
      } catch {
        throw .transport(error)
      }
      let secrets = authoriser.secrets(in: authorisation)
      note(response, secrets, &summary)
      let check = ResponseCheck(
        place: place, isBearer: authoriser.isBearer, parameters: style.names, secrets: secrets)
      switch try check.verdict(on: response, wasRenewed: refused != nil) {
      case .rows:
        return RawPage(
          request: target, status: response.status,
          headers: response.headers.filter { Self.keptHeaders.contains($0.name) }
            .map { Self.recorded($0, secrets) },
          body: response.body)
      case .unauthorised(let error):
        guard authoriser.canRenew, refused == nil else { throw error }
        refused = authorisation
      }
    }
  }

  private func request(_ target: String, _ authorisation: Secret) -> HTTPRequestValue {
    var origin = plan.connection.server
    origin.path = ""
    return HTTPRequestValue(
      method: .get, url: origin.description + target,
      headers: [
        .init(name: "x-keyfactor-requested-with", value: "APIClient"),
        .init(name: "x-keyfactor-api-version", value: "1"),
        .init(name: "accept", value: "application/json"),
        .init(name: "authorization", value: authorisation.reveal()),
        .init(name: "user-agent", value: userAgent),
      ])
  }

  /// A header as it may stand in the journal: a server may echo what it was sent.
  ///
  /// Totals and dates are kept as they are, since a short password may well occur in one.
  private static func recorded(_ header: RawPage.Header, _ secrets: [Secret]) -> RawPage.Header {
    if header.name == "x-total-count", Int(header.value) != nil { return header }
    if header.name == "date", HTTPDate.instant(header.value) != nil { return header }
    return .init(name: header.name, value: SecretScrubber.scrub(header.value.utf8, of: secrets))
  }

  private func note(
    _ response: HTTPResponseValue, _ secrets: [Secret], _ summary: inout FetchSummary
  ) {
    if let version = response.values("x-keyfactor-product-version").first {
      summary.productVersion = SecretScrubber.scrub(version.utf8, of: secrets)
    }
    if let date = response.values("date").first.flatMap(HTTPDate.instant) {
      summary.serverDate = date
    }
  }

  /// Host, port and path, for messages.
  private var place: String { "\(plan.connection.server)/Workflow/Instances" }

  /// The total that a page announces: one whole number, or none.
  private static func total(of page: RawPage, at place: String) throws(FetchError) -> Int? {
    let values = page.headers.filter { $0.name == "x-total-count" }.map(\.value)
    guard let value = values.first else { return nil }
    guard values.count == 1, let total = Int(value), total >= 0 else {
      let shown = TerminalText.clean(values.joined(separator: ", "), limit: 60)
      throw .brokenPaging(place: place, reason: "X-Total-Count is not a number: \(shown)")
    }
    return total
  }
}

extension PageWalk.Fault {
  /// The fault in words.
  fileprivate var sentence: String {
    switch self {
    case .tooManyRows(let asked, let received):
      "the server returned \(received) rows where \(asked) were asked for"
    case .noProgress(let after, let received):
      "no forward progress at id \(after): the next page begins with \(received)"
    case .disorder(let first, let second):
      "the rows of a page are out of order: \(second) comes after \(first)"
    case .outsideWindow(let referenceID, let start):
      "the row \(referenceID) started at \(start), far outside the window that was asked for"
    }
  }
}
