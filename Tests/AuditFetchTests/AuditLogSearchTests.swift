import AuditModel
import TestSupport
import Testing

@testable import AuditFetch

@Suite("Questions for the audit log")
struct AuditLogSearchTests {
  private static let instance = ModelRow(7, start: 1_790_812_800_000)
  private static let rows = HTTPResponseValue.json(
    #"[{"Id":3,"Category":2099,"Operation":4,"Message":"\#(instance.id)"}]"#)

  /// What a search finds at a server that answers from a list, and the session that it asked in.
  private func search(
    _ answers: [HTTPResponseValue], credentials: Credentials = .bearer(Secret("s3kret&word")),
    deadline: Int64 = 1800
  ) async throws -> (found: Result<AuditLogFindings, any Error>, session: ServerSession) {
    var normaliser = Normaliser(settings: .init(window: nil, asOf: nil, statusMap: [:]))
    let page = Array("[\(Self.instance.json(statusAsInteger: false))]".utf8)
    let instance = try #require(
      normaliser.normalise(try PageReader.read(page, page: "test")).instances.first)
    let session = ServerSession.scripted(
      ScriptedTransport(answers), credentials: credentials, deadline: deadline)
    do {
      let search = AuditLogSearch(session: session, style: .bare)
      return (.success(try await search.findings(about: instance)), session)
    } catch {
      return (.failure(error), session)
    }
  }

  @Test("are sent again like those for instances: with another token, after trouble, after no JSON")
  func persistence() async throws {
    let client = ClientCredentials(
      id: "id", secret: Secret("s"), tokenURL: "https://idp.example/token", scopes: [],
      audience: nil)
    let (found, session) = try await search(
      [
        .token("t1", lifetime: 3600), .json("", status: 401), .token("t2", lifetime: 3600),
        .json("", status: 503), .json("[{"), Self.rows,
      ], credentials: .clientCredentials(client))
    #expect(try found.get().rows == 1)
    #expect(session.facts.retries == ["503": 1, "unreadable": 1])
    #expect(session.facts.refusedTokens == 1)
  }

  @Test("end at the deadline")
  func deadline() async throws {
    let (found, _) = try await search([Self.rows], deadline: -1)
    #expect(#expect(throws: FetchError.self) { try found.get() }?.exitStatus == .tryLater)
  }

  struct Refused: Sendable {
    var answer: HTTPResponseValue
    var status: AuditModel.ExitStatus
    var says: String
  }

  static let refused: [Refused] = [
    Refused(
      answer: .json(#"{"Message":"s3kret%26word"}"#, status: 403), status: .refused,
      says: "/Audit answered 403 (application/json, 27 bytes)"),
    Refused(
      answer: .json("{}"), status: .brokenProtocol,
      says: "/Audit sent no list of audit log rows: it is no array"),
    Refused(
      answer: .json("[s3kret&word"), status: .brokenProtocol,
      says: "/Audit sent no list of audit log rows: it is not valid JSON"),
    Refused(
      answer: .json("<title>s3kret&word</title>", ["content-type": "text/html"]),
      status: .refused, says: "/Audit"),
    Refused(
      answer: .json("[]", ["content-encoding": "br"]), status: .brokenProtocol, says: "coding br"),
  ]

  @Test("have their answers looked at, and no secret of them shown", arguments: refused.indices)
  func answers(index: Int) async throws {
    let refused = Self.refused[index]
    let (found, _) = try await search([refused.answer, refused.answer])
    let error = try #require(throws: (any Error).self) { try found.get() }
    let failure = try #require(error as? any AuditFailure)
    #expect(failure.exitStatus == refused.status)
    #expect(failure.message.text.contains(refused.says), "\(failure.message.text)")
    #expect(!failure.message.text.contains("s3kret"))
  }
}
