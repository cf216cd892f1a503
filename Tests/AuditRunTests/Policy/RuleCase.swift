import AuditModel
import Foundation
import Testing

@testable import AuditPlan
@testable import AuditRun

/// Packs of pages under rules over their rows.
enum RuleCase {
  /// A pack of one page under a policy; as of 30 October, 06:00.
  static func pack(
    _ page: String, policy: String, configuration: String = "{}", zone: String = "UTC",
    _ change: (inout MainJob) throws -> Void = { _ in },
    result: (AuditResult) -> Void = { _ in }
  ) async throws -> PackCase {
    var job = try MainJob()
    try job.folder.makeFolder("pages")
    try job.folder.write(page, to: "pages/a.json")
    try job.folder.write(policy, to: "policy.yaml")
    try job.configure(configuration)
    job.options.policy = job.folder("policy.yaml")
    job.options.pages = job.folder("pages")
    job.options.from = "2026-10-01"
    job.options.to = "2026-11-01"
    job.options.timeZone = zone
    job.options.asOf = "2026-10-30T06:00:00Z"
    job.options.acceptUnproved = true
    try change(&job)
    let published = try await job.run()
    result(published)
    return PackCase(job: job, path: published.pack)
  }

  /// The rules of a report, each with its reference ids.
  static func ids(_ folder: String) throws -> [String: [Int]] {
    let rules = try MergeCase.report(at: folder).object("metrics").objects("rules")
    return try Dictionary(
      uniqueKeysWithValues: rules.map { rule in
        let ids = try #require(rule["ids"] as? [Int])
        #expect(rule["instances"] as? Int == ids.count || ids.count == 100)
        return (try #require(rule["id"] as? String), ids)
      })
  }

  /// A row with something in every column, one with other things, and one with nothing wherever that can be.
  static let three = #"""
    [{"Id":"9C996CD3-0f0e-4b0c-9f0f-100000000001","Status":"Failed","StatusMessage":"Access is denied.",
      "Definition":{"Id":"00000000-0000-0000-0000-00000000000A","DisplayName":"Code Signing é","Version":7,
        "WorkflowType":"Enrollment"},
      "CurrentStepId":"10000000-0000-0000-0000-000000000001","CurrentStepDisplayName":"Ask aab aaab",
      "CurrentStepUniqueName":"RequireApproval1","StartDate":"2026-10-29T06:00:00Z",
      "LastModified":"2026-10-29T07:00:00.001Z",
      "Title":"CORP\\Ada is enrolling for a certificate with CN=*.example.com,O=Example.","ReferenceId":1,"Odd":1},
     {"Id":"9c996cd3-0f0e-4b0c-9f0f-100000000002","Status":"Complete","StatusMessage":"Issued",
      "Definition":{"Id":"00000000-0000-0000-0000-00000000000b","DisplayName":"Web e","Version":8,
        "WorkflowType":"Revocation"},
      "CurrentStepId":"10000000-0000-0000-0000-000000000002","CurrentStepDisplayName":"End",
      "CurrentStepUniqueName":"End","StartDate":"2026-10-29T06:00:00.001Z","LastModified":"2026-10-29T07:00:00.001Z",
      "Title":"svc is revoking certificate with CN=web.example.org","ReferenceId":2},
     {"Id":"9c996cd3-0f0e-4b0c-9f0f-100000000003","Status":null,"StatusMessage":"",
      "Definition":{"Id":null,"DisplayName":null,"Version":null,"WorkflowType":null},
      "CurrentStepId":null,"CurrentStepDisplayName":"","CurrentStepUniqueName":null,
      "StartDate":null,"LastModified":null,"Title":null,"ReferenceId":3}]
    """#
}
