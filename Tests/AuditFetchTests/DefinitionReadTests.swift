import AuditModel
import TestSupport
import Testing

@testable import AuditFetch

@Suite("Reading definitions")
struct DefinitionReadTests {
  private static let id = "2c8f0d0e-5b0e-4f1a-9e43-0d5f0f8f0a11"

  /// What a read asked, kept and answered.
  private struct Asked {
    var answers: DefinitionAnswers
    var store: MemoryStore
    var requests: [HTTPRequestValue]
    var facts: ServerFacts

    /// The version of the API and the version of the definition of each request.
    var asked: [String] {
      requests.map { request in
        let version = request.headers.first { $0.name == "x-keyfactor-api-version" }?.value ?? ""
        return "\(version):\(request.url.split(separator: "=").last ?? "")"
      }
    }

    /// The outcome of each question, in a word.
    var outcomes: [String] {
      store.definitions.map { definition in
        switch definition.outcome {
        case .found(let design): "found \(design.steps.count)"
        case .notFound(let reason): reason
        }
      }
    }
  }

  private func read(
    _ answers: [HTTPResponseValue], versions: Int = 2,
    credentials: Credentials = .basic(user: "EX\\a", password: Secret("p")), deadline: Int64 = 1800
  ) async throws -> Asked {
    let transport = ScriptedTransport(answers)
    let session = ServerSession.scripted(
      transport, credentials: credentials, deadline: deadline)
    let store = MemoryStore()
    let questions = (1...versions).compactMap { version in
      DefinitionQuestion(VersionedDefinition(id: Name(Self.id), version: Int64(version)))
    }
    let found = try await DefinitionRead(session: session, store: store).run(questions)
    return Asked(
      answers: found, store: store, requests: transport.requests, facts: session.facts)
  }

  private static let body = HTTPResponseValue.json(#"{"Steps":[]}"#)

  private static func status(_ status: Int, supports: String? = nil) -> HTTPResponseValue {
    HTTPResponseValue(
      status: status,
      headers: supports.map { [.init(name: "api-supported-versions", value: $0)] } ?? [],
      body: Array("planted-secret".utf8))
  }

  @Test("Each version is asked for once, by version 2 of the API")
  func second() async throws {
    let asked = try await read([Self.body, Self.body, Self.body], versions: 3)
    #expect(asked.asked == ["2:1", "2:2", "2:3"])
    #expect(
      asked.requests[0].url
        == "https://kf.example/KeyfactorAPI/Workflow/Definitions/\(Self.id)?definitionVersion=1")
    #expect(asked.answers == DefinitionAnswers(apiVersion: 2))
    #expect(asked.outcomes == ["found 0", "found 0", "found 0"])
    #expect(asked.facts.requests == 3)
  }

  @Test(
    "A server that does not know version 2 is asked by version 1, which is found out once",
    arguments: [400, 404, 406, 415])
  func first(status: Int) async throws {
    let asked = try await read([Self.status(status), Self.body, Self.body])
    #expect(asked.asked == ["2:1", "1:1", "1:2"])
    #expect(asked.answers == DefinitionAnswers(apiVersion: 1))
    #expect(asked.store.definitions.map(\.answers.count) == [2, 1])
    #expect(asked.store.definitions.map(\.apiVersion) == [1, 1])
  }

  @Test("A definition that is not there is asked for once where the server says what it knows")
  func missing() async throws {
    let missing = Self.status(404, supports: "1.0, 2")
    let asked = try await read([missing, Self.body, missing], versions: 3)
    #expect(asked.asked == ["2:1", "2:2", "2:3"])
    #expect(
      asked.outcomes == [
        "the server answered 404: it has no such version", "found 0",
        "the server answered 404: it has no such version",
      ])
    #expect(asked.answers == DefinitionAnswers(apiVersion: 2))
  }

  @Test(
    "A refusal is tried once, ends the questions and is no error",
    arguments: [
      (
        403,
        "the server answered 403: the account needs the permission /workflows/definitions/read/"
      ),
      (401, "the server answered 401: it refused the credentials"),
    ])
  func refused(status: Int, words: String) async throws {
    let asked = try await read([Self.status(status)], versions: 5)
    #expect(asked.asked == ["2:1"])
    #expect(asked.answers == DefinitionAnswers(refused: words))
    #expect(asked.outcomes == [words])
    let late = try await read([Self.body, Self.status(status)], versions: 5)
    #expect(late.asked == ["2:1", "2:2"])
    #expect(late.answers.apiVersion == 2 && late.answers.refused == words)
  }

  private static let page = HTTPResponseValue(
    status: 200, headers: [.init(name: "content-type", value: "text/html")],
    body: Array("<title>planted-secret".utf8))

  @Test(
    "A token that has expired is renewed once, also where the server shows a login page instead",
    arguments: [status(401), page])
  func token(refusal: HTTPResponseValue) async throws {
    let credentials = Credentials.clientCredentials(
      ClientCredentials(
        id: "c", secret: Secret("s"), tokenURL: "https://idp.example/token", scopes: [],
        audience: nil))
    let asked = try await read(
      [.token("a", lifetime: 300), refusal, .token("b", lifetime: 300), Self.body],
      versions: 1, credentials: credentials)
    #expect(asked.answers == DefinitionAnswers(apiVersion: 2))
    #expect(asked.facts.refusedTokens == 1)
  }

  @Test(
    "What may pass is asked again within the run's budget; where nothing comes, the questions end")
  func retries() async throws {
    let asked = try await read([Self.status(503), Self.body, Self.status(500), Self.body])
    #expect(asked.asked == ["2:1", "2:1", "2:2", "2:2"])
    #expect(asked.answers == DefinitionAnswers(apiVersion: 2))
    #expect(asked.facts.retries == ["500": 1, "503": 1])
    let dead = try await read([Self.body] + (0..<9).map { _ in Self.status(503) }, versions: 4)
    #expect(dead.asked.count == 6)
    #expect(dead.answers.refused == "the server did not answer")
    #expect(dead.answers.failure?.contains("after 5 attempts") == true)
    #expect(dead.outcomes == ["found 0"])
  }

  @Test("The deadline of the run holds")
  func deadline() async throws {
    let asked = try await read([Self.body], deadline: -1)
    #expect(asked.requests.isEmpty)
    #expect(asked.answers.refused == "the deadline was reached before all of them were read")
  }

  @Test("What is no definition says so, and shows nothing of it")
  func unusable() async throws {
    let asked = try await read(
      [
        Self.body, Self.page, .json("planted-secret"), .json(#"{"Steps":[{"planted-secret":1}]}"#),
        Self.status(200), Self.status(302),
      ], versions: 6)
    #expect(
      asked.outcomes == [
        "found 0", "the server sent HTML instead of JSON", "its body is not JSON, as byte 0 shows",
        "step 1: it has no extension name", "the server sent something else than JSON",
        "the server answered 302",
      ])
    #expect(!"\(asked.answers) \(asked.outcomes)".contains("planted"))
  }

  @Test(
    "A body in a content coding or an encoding of text that is not understood is not read",
    arguments: [
      ["content-encoding": "br"], ["content-encoding": "gzip, gzip"],
      ["content-type": "application/json; charset=utf-16"],
    ])
  func encoded(headers: [String: String]) async throws {
    let asked = try await read([.json(#"{"Steps":[]}"#, headers), Self.body], versions: 1)
    #expect(asked.asked == ["2:1", "1:1"])
    let alone = try await read(
      [.json(#"{"Steps":[]}"#, headers.merging(["api-supported-versions": "2"]) { $1 })],
      versions: 1)
    #expect(alone.outcomes == ["the server sent something else than JSON"])
  }

  @Test("Only a GUID and a whole number of 32 bits make a question")
  func questions() {
    let versions: [(String?, Int64?)] = [
      (nil, 1), ("x", 1), ("../../Users", 1), (Self.id, nil), (Self.id, -1), (Self.id, 1 << 31),
    ]
    for (id, version) in versions {
      #expect(
        DefinitionQuestion(VersionedDefinition(id: id.map { Name($0) }, version: version)) == nil)
    }
  }
}
