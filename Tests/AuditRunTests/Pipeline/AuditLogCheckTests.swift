import AuditFetch
import AuditModel
import CommandSandbox
import Foundation
import Testing

@testable import AuditPlan
@testable import AuditRun

@Suite("A look into the audit log")
struct AuditLogCheckTests {
  /// What the check prints about an instance of a sandbox with these options, and what it asked for.
  private func look(
    at choose: (SandboxDecisions) throws -> String,
    _ change: (inout SandboxOptions) -> Void = { _ in }
  ) async throws -> (Result<String, any Error>, requests: [String]) {
    var options = SandboxOptions()
    options.instances = 300
    change(&options)
    let sandbox = try await Sandbox.start(options)
    var job = try MainJob()
    job.ask(sandbox)
    let plan = try job.plan()
    guard case .instances(.server(let connection)) = plan.source,
      let id = InstanceID(try choose(sandbox.decisions))
    else { throw CancellationError() }
    let found: Result<String, any Error>
    do {
      found = .success(
        try await ServerCheck(
          plan: plan, connection: connection, now: job.now, observer: RunObserver()
        ).auditLog(about: id))
    } catch {
      found = .failure(error)
    }
    let requests = sandbox.requests
    try await sandbox.stop()
    return (found, requests)
  }

  @Test(
    "says which category, operation and fields name the instance, and never what a row holds",
    arguments: SandboxOptions.Profile.allCases)
  func found(profile: SandboxOptions.Profile) async throws {
    let (result, requests) = try await look {
      try #require($0.decisions.first { $0.isApproval }).id
    } _: {
      $0.profile = profile
    }
    let text = try result.get()
    #expect(text.contains("category 2099, Sandbox Workflow Instance"))
    #expect(text.contains("operation 4 (Approved)"))
    #expect(text.contains("the ID in ImmutableIdentifier and Message"))
    #expect(text.contains("the reference ID in AuditIdentifier"))
    #expect(text.hasSuffix("Pass it to kfaudit run --approvals."))
    #expect(!text.contains("WorkflowInstance>") && !text.contains("CARequestId"))
    #expect(!text.contains("pkiadmin"))
    #expect(requests.allSatisfy { $0.hasPrefix("GET ") })
    #expect(requests.contains { $0.contains("/Audit?") })
  }

  @Test("says that nothing names an instance on which nobody decided")
  func nothing() async throws {
    var options = SandboxOptions()
    options.instances = 300
    let rows = SandboxPopulation(options).rows
    let (result, _) = try await look { decisions in
      let decided = Set(decisions.decisions.map(\.id))
      return try #require(rows.first { !decided.contains($0.id) && $0.lastModified != nil }).id
    }
    #expect(try result.get().contains("No row names the instance"))
  }

  @Test("says plainly that the account may not look")
  func forbidden() async throws {
    let (result, _) = try await look {
      try #require($0.decisions.first).id
    } _: {
      $0.refusesAudit = true
    }
    let error = #expect(throws: AuditLogError.self) { try result.get() }
    #expect(error?.exitStatus == .refused)
    #expect(error?.description.contains("/Audit answered 403") == true)
    #expect(error?.description.contains("/auditing/read/") == true)
  }

  @Test("asks nothing of the audit log about an instance that is not there")
  func unknown() async throws {
    let (result, requests) = try await look { _ in "9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d1" }
    #expect(#expect(throws: AuditLogError.self) { try result.get() }?.exitStatus == .missingInput)
    #expect(!requests.contains { $0.contains("/Audit") })
  }
}
