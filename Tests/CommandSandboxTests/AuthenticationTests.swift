import CommandSandbox
import NIOHTTP1
import Testing

@Suite("The sandbox's credentials")
struct AuthenticationTests {
  private static let form = "grant_type=client_credentials&client_id=kfaudit&client_secret="

  private func token(_ client: TestClient) async throws -> String {
    let response = try await client.send(.POST, "/oauth2/token", body: Self.form + "sandbox")
    #expect(response.status == .ok)
    return try response.fields()["access_token"] ?? ""
  }

  private func refuses(_ client: TestClient, _ header: String?) async throws {
    var client = client
    client.headers.remove(name: "Authorization")
    if let header { client.headers.add(name: "Authorization", value: header) }
    let response = try await client.instances()
    #expect(response.status == .unauthorized)
    #expect(response.body.isEmpty)
    #expect(!response.headers["WWW-Authenticate"].isEmpty)
  }

  @Test("Refuses missing and wrong credentials with an empty body")
  func refusesWrong() async throws {
    try await withSandbox { _, client in
      try await refuses(client, nil)
      try await refuses(client, TestClient.basic("KEYEXAMPLE\\auditor", "wrong"))
      try await refuses(client, "Basic !")
      try await refuses(client, "Bearer made-up")
      try await refuses(client, "Bearer")
    }
  }

  @Test("Gives tokens for client credentials, and takes them")
  func givesTokens() async throws {
    try await withSandbox {
      $0.authentication = .oauth
    } _: { sandbox, client in
      try await refuses(client, TestClient.basic("KEYEXAMPLE\\auditor", "sandbox"))
      let response = try await client.send(.POST, "/oauth2/token", body: Self.form + "sandbox")
      let fields = try response.fields()
      #expect(fields["token_type"] == "Bearer" && fields["expires_in"] == "300")
      var bearer = client
      bearer.headers.replaceOrAdd(
        name: "Authorization", value: "Bearer \(fields["access_token"] ?? "")")
      #expect(try await bearer.instances().status == .ok)
      #expect(sandbox.tokensGiven == 1)
      #expect(sandbox.tokenURL == "http://127.0.0.1:\(sandbox.port)/oauth2/token")
    }
  }

  @Test("Refuses a wrong client and another grant in the words of the standard")
  func refusesClients() async throws {
    try await withSandbox { sandbox, client in
      let wrong = try await client.send(.POST, "/oauth2/token", body: Self.form + "x")
      #expect(wrong.status == .unauthorized)
      #expect(try wrong.fields()["error"] == "invalid_client")
      let grant = try await client.send(.POST, "/oauth2/token", body: "grant_type=password")
      #expect(grant.status == .badRequest)
      #expect(try grant.fields()["error"] == "unsupported_grant_type")
      #expect(sandbox.tokensGiven == 0)
    }
  }

  @Test("Takes no token after its time")
  func expires() async throws {
    try await withSandbox {
      $0.tokenLifetimeSeconds = 0
    } _: { _, client in
      try await refuses(client, "Bearer \(try await token(client))")
    }
    try await withSandbox { sandbox, client in
      let token = try await token(client)
      sandbox.revokeTokens()
      try await refuses(client, "Bearer \(token)")
    }
  }

  @Test("Takes no tokens where there is Basic alone")
  func basicAlone() async throws {
    try await withSandbox {
      $0.authentication = .basic
    } _: { _, client in
      #expect(try await client.instances().status == .ok)
      try await refuses(client, "Bearer \(try await token(client))")
    }
  }

  @Test("Takes %ME% for the caller")
  func knowsCaller() async throws {
    try await withSandbox {
      $0.userName = "KEYEXAMPLE\\jsmith"
      $0.password = "p:w"
    } _: { _, client in
      var client = client
      client.headers.replaceOrAdd(
        name: "Authorization", value: TestClient.basic("KEYEXAMPLE\\jsmith", "p:w"))
      let mine = try await client.instances([("QueryString", "InitiatingUserName -eq \"%ME%\"")])
      #expect(mine.total ?? 0 > 0)
      #expect(mine.total ?? 0 < 324)
    }
  }
}
