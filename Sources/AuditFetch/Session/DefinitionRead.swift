package import AuditModel

/// Asks for versions of workflow definitions, one request each, and keeps what may be kept of the answers.
///
/// The server is asked by version 2 of the API, which names roles; where it does not understand that, by version 1. A
/// refusal ends the questions: each one leaves a trace in the server's audit log.
struct DefinitionRead {
  let session: ServerSession
  /// Takes what is kept of each answer; `nil` to keep nothing.
  let store: (any PageStore)?

  /// The permission that the server asks for.
  static let permission = "/workflows/definitions/read/"

  /// Asks every question, until the server refuses.
  ///
  /// - Throws: what the store throws; what the server does is an answer.
  func run(_ questions: [DefinitionQuestion]) async throws -> DefinitionAnswers {
    var answers = DefinitionAnswers()
    var known: Int?
    for (index, question) in questions.enumerated() {
      session.note(
        progress: "every instance, and \(index) of \(questions.count) workflow definitions")
      do {
        try await ask(question, &known, &answers)
      } catch let error as FetchError {
        (answers.refused, answers.failure) = (Self.words(for: error), error.description)
      }
      if answers.refused != nil { break }
    }
    return answers
  }

  private func ask(
    _ question: DefinitionQuestion, _ known: inout Int?, _ answers: inout DefinitionAnswers
  ) async throws {
    var apiVersion = known ?? 2
    var responses = [try await session.ask(question, apiVersion: apiVersion)]
    if known == nil, Self.mayKnowOnlyFirst(responses[0]) {
      apiVersion = 1
      responses.append(try await session.ask(question, apiVersion: apiVersion))
    }
    let last = responses[responses.count - 1]
    if last.kind == .body || last.supportsSecondVersion == true { known = apiVersion }
    if last.kind == .body { answers.apiVersion = apiVersion }
    answers.refused = Self.refusal(last.kind)
    try store?.keep(
      FetchedDefinition(
        question: question, apiVersion: apiVersion, answers: responses.map(\.page),
        outcome: Self.outcome(of: last, question)))
  }

  /// Whether an answer to version 2 may mean that the server knows only version 1.
  private static func mayKnowOnlyFirst(_ response: DefinitionResponse) -> Bool {
    guard case .other = response.kind else { return false }
    return response.supportsSecondVersion != true
  }

  private static func refusal(_ kind: DefinitionResponse.Kind) -> String? {
    switch kind {
    case .refused: "the server answered 403: the account needs the permission \(permission)"
    case .unauthorised: "the server answered 401: it refused the credentials"
    case .body, .other: nil
    }
  }

  private static func outcome(
    of response: DefinitionResponse, _ question: DefinitionQuestion
  ) -> DefinitionRecord.Outcome {
    switch response.kind {
    case .body:
      do {
        return .found(try DefinitionReader.design(of: response.page.body, id: question.id))
      } catch {
        return .notFound(reason: error.reason)
      }
    case .other(let words): return .notFound(reason: words)
    case .refused, .unauthorised:
      return .notFound(reason: refusal(response.kind) ?? "")
    }
  }

  /// What ended the questions, without the server's name.
  private static func words(for error: FetchError) -> String {
    switch error {
    case .deadline: "the deadline was reached before all of them were read"
    default: "the server did not answer"
    }
  }
}

extension DefinitionRead {
  /// Asks for the definition of the newest instance, and says whether it may be read.
  func check(_ dialect: ServerDialect) async throws -> ConversationDocument.Check {
    let newest = try await session.ask(
      .init(
        filter: dialect.pagesByKey ? .after(0) : .none, limit: 1,
        order: dialect.pagesByKey ? .referenceID : .start, isDescending: true), dialect)
    let page = newest.page
    let definition = try PageReader.read(page.body, page: page.request).firstDefinition
    guard let definition else {
      return .noted(
        Self.name, "not known: there is no instance whose definition could be asked for")
    }
    guard let question = DefinitionQuestion(definition) else {
      return .noted(
        Self.name, "not known: the newest instance does not name its definition's version")
    }
    let answers = try await run([question])
    if let refused = answers.failure ?? answers.refused { return .noted(Self.name, refused) }
    guard let version = answers.apiVersion else {
      return .noted(
        Self.name,
        "the definition of the newest instance, \(question.id) version \(question.version), was not shown"
      )
    }
    return .passed(
      Self.name,
      "definitions may be read, by version \(version) of the API; tried with \(question.id) version \(question.version)"
    )
  }

  private static let name = "control design"
}

/// A version of a workflow definition that the server is asked for.
package struct DefinitionQuestion: Sendable, Hashable {
  /// The definition's GUID.
  package let id: InstanceID
  /// The version's number.
  package let version: Int64

  /// Makes a question; `nil` for a definition that has no address at the server.
  package init?(_ definition: VersionedDefinition) {
    guard let id = (definition.id?.string).flatMap({ InstanceID($0) }),
      let version = definition.version, DefinitionRecord.versions.contains(version)
    else { return nil }
    self.id = id
    self.version = version
  }

  /// Path and query of the request: every documented parameter but `exportable`, which would take the roles away.
  func target(path: String) -> String {
    "\(path)/Workflow/Definitions/\(id)?definitionVersion=\(version)"
  }
}

/// What the server answered to one request for a definition.
struct DefinitionResponse: Sendable {
  /// What it is.
  enum Kind: Sendable, Equatable {
    /// A body in JSON.
    case body
    /// The account may not read definitions.
    case refused
    /// The credentials are refused.
    case unauthorised
    /// Something else, in a few words of ours without a full stop.
    case other(String)
  }

  /// The response as received; its body may hold secrets, and is never kept.
  let page: RawPage
  /// What it is.
  let kind: Kind
  /// Whether another token may help: a server may send its login page instead of a refusal.
  let isUnauthorised: Bool

  init(page: RawPage, _ response: HTTPResponseValue) {
    self.page = page
    let content = response.content
    isUnauthorised = response.status == 401 || response.status == 200 && content == .page
    kind =
      switch (response.status, content) {
      case (200, .json): .body
      case (200, .page): .other("the server sent HTML instead of JSON")
      case (200, _): .other("the server sent something else than JSON")
      case (401, _): .unauthorised
      case (403, _): .refused
      case (404, _): .other("the server answered 404: it has no such version")
      case (let status, _): .other("the server answered \(status)")
      }
  }

  /// Whether the server says that it understands version 2 of the definitions' API; `nil` when it does not say.
  var supportsSecondVersion: Bool? {
    let listed = page.headers.filter { $0.name == "api-supported-versions" }
      .flatMap { $0.value.parts(at: ",") }.map { Array($0.utf8.filter { $0 != 0x20 }) }
    if listed.isEmpty { return nil }
    return listed.contains { $0 == Array("2".utf8) || $0 == Array("2.0".utf8) }
  }
}

/// A version of a definition that was asked for, and every answer.
package struct FetchedDefinition: Sendable {
  /// What was asked.
  package let question: DefinitionQuestion
  /// The version of the API that answered last.
  package let apiVersion: Int
  /// The answers in their order, the last one the one that counts; their bodies must not be kept.
  package let answers: [RawPage]
  /// What was read of the last one.
  package let outcome: DefinitionRecord.Outcome
}
