import CommandSandbox
import NIOCore
import NIOHTTP1
import Testing

@Suite("The sandbox's server")
struct ServerTests {
  @Test("Answers on both paths, in any case")
  func answersOnBothPaths() async throws {
    try await withSandbox { sandbox, client in
      #expect(sandbox.baseURL == "http://127.0.0.1:\(sandbox.port)/KeyfactorAPI")
      for path in ["/KeyfactorAPI", "/Keyfactor/API", "/keyfactorapi"] {
        let response = try await client.send(.GET, path + "/workflow/INSTANCES")
        #expect(response.status == .ok)
        #expect(response.total == 324)
      }
    }
  }

  @Test("Sends the headers that real servers send")
  func sendsHeaders() async throws {
    try await withSandbox { _, client in
      let response = try await client.instances()
      let headers = response.headers
      #expect(headers["Content-Type"] == ["application/json; charset=utf-8"])
      #expect(headers["Api-Supported-Versions"] == ["1.0"])
      #expect(headers["X-Keyfactor-Product-Version"] == ["25.5.1"])
      #expect(headers["Date"] == ["Sat, 21 Nov 2026 00:00:00 GMT"])
      #expect(headers.first(name: "X-Keyfactor-Correlation-Id")?.utf8.count == 36)
    }
  }

  @Test("Knows no other path and no other method")
  func refusesOthers() async throws {
    try await withSandbox { _, client in
      for path in ["/KeyfactorAPI/Workflow", "/KeyfactorAPI/Workflow/Instances/My", "/"] {
        let response = try await client.send(.GET, path)
        #expect(response.status == .notFound)
      }
      for method in [HTTPMethod.POST, .DELETE, .PUT, .HEAD] {
        let response = try await client.send(method, "/KeyfactorAPI/Workflow/Instances")
        #expect(response.status == .methodNotAllowed)
        #expect(response.headers["Allow"] == ["GET"])
      }
      let token = try await client.send(.GET, "/oauth2/token")
      #expect(token.status == .methodNotAllowed)
    }
  }

  @Test("Asks for the header against forged requests")
  func asksForHeader() async throws {
    try await withSandbox { _, client in
      var client = client
      client.headers.remove(name: "x-keyfactor-requested-with")
      let response = try await client.instances()
      #expect(response.status == .badRequest)
      #expect(try response.fields()["ErrorCode"] == "0xA0110007")
      #expect(response.total == nil)
    }
  }

  @Test(
    "Refuses parameters it cannot read",
    arguments: [
      ("SortField", "Colour", "0xA011004A", "Invalid sort field: Colour."),
      (
        "QueryString", "Colour -eq 1", "0xA0110008", "Invalid query field: Colour."
      ),
      (
        "ReturnLimit", "0", "0xA0110008", "The format '0' is invalid for ReturnLimit."
      ),
      ("PageReturned", "x", "0xA0110008", "The format 'x' is invalid for PageReturned."),
      ("SortAscending", "2", "0xA0110008", "The format '2' is invalid for SortAscending."),
    ])
  func refusesParameters(name: String, value: String, code: String, message: String) async throws {
    try await withSandbox { _, client in
      let response = try await client.instances([(name, value)])
      #expect(response.status == .badRequest)
      #expect(try response.fields() == ["ErrorCode": code, "Message": message])
    }
  }

  @Test("Escapes what it repeats in errors")
  func escapesErrors() async throws {
    try await withSandbox { _, client in
      let response = try await client.instances([("SortField", "<b>'")])
      #expect(response.text.contains(#"Invalid sort field: \u003Cb\u003E\u0027."#))
    }
  }

  @Test("Notes the requests in their order")
  func notesRequests() async throws {
    try await withSandbox { sandbox, client in
      _ = try await client.instances([("ReturnLimit", "1")])
      _ = try await client.send(.DELETE, "/x")
      #expect(
        sandbox.requests
          == ["GET /KeyfactorAPI/Workflow/Instances?ReturnLimit=1", "DELETE /x"])
    }
  }

  @Test("Holds answers back without blocking others")
  func holdsBack() async throws {
    try await withSandbox {
      $0.latencyMilliseconds = 20
    } _: { _, client in
      try await withThrowingTaskGroup(of: Int?.self) { group in
        for _ in 0..<8 { group.addTask { try await client.instances().total } }
        for try await total in group { #expect(total == 324) }
      }
    }
  }

  @Test("Closes the connections that clients hold open, and its port, when it is stopped")
  func stops() async throws {
    let (connection, port) = try await withSandbox { sandbox, client in
      let connection = try await client.connect()
      _ = try await client.instances()
      return (connection, sandbox.port)
    }
    try await connection.closeFuture.get()
    var options = SandboxOptions()
    options.instances = 0
    options.port = port
    let successor = try await Sandbox.start(options)
    #expect(try await TestClient(successor).instances().text == "[]")
    try await successor.stop()
  }

  @Test("Says why it does not start")
  func refusesOptions() async throws {
    var options = SandboxOptions()
    options.hostilePercent = 101
    await #expect(
      throws: SandboxError.impossibleOption(
        name: "hostilePercent", value: "101", rule: "it is a share of a hundred")
    ) { try await Sandbox.start(options) }
    options.hostilePercent = 0
    options.keyPEM = []
    await #expect(throws: SandboxError.unusableCertificate(reason: "one of the two is missing")) {
      try await Sandbox.start(options)
    }
    try await withSandbox { sandbox, _ in
      var options = SandboxOptions()
      options.instances = 0
      options.port = sandbox.port
      await #expect(throws: SandboxError.self) { try await Sandbox.start(options) }
    }
  }
}
