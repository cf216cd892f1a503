import AuditModel
import Foundation
import Testing

@testable import AuditRender

@Suite("Rows of instances")
struct InstanceRowTests {
  private func batch() throws -> InstanceBatch {
    let json = #"""
      [{"Id":"9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d1","Status":"Failed","CurrentStepId":"4a1c",
      "StatusMessage":"Step 'Call \"ITSM\"' failed: =cmd","Definition":{"Id":"2C8F0D0E-5B0E-4F1A-9E43-0D5F0F8F0A11",
      "DisplayName":"Web, internal","Version":3,"WorkflowType":"Enrollment"},"CurrentStepDisplayName":"ITSM",
      "CurrentStepUniqueName":"REST1","Title":"KEYEXAMPLE\\jsmith is enrolling for a certificate with CN==1\u0001.",
      "LastModified":"2026-10-01T00:00:00.5Z","StartDate":"2026-10-01T00:00:01Z","ReferenceId":191},
      {"Id":"9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d2","Status":3,"ReferenceId":192}]
      """#
    var normaliser = Normaliser(
      settings: .init(window: nil, asOf: Instant(rfc3339: "2026-11-01T00:00:00Z"), statusMap: [:]))
    return normaliser.normalise(try PageReader.read(Array(json.utf8), page: "p"))
  }

  @Test("instances.csv has the columns of the contract, in its order")
  func header() {
    #expect(
      String(decoding: InstancesCSV.header, as: UTF8.self)
        == "reference_id,id,status,outcome,workflow_type,definition_name,definition_version,definition_id,"
        + "user,user_kind,action,common_name,subject,start,last_modified,duration_ms,step_name,"
        + "step_unique_name,step_id,status_message,failure_class,title,title_rule,data_quality\r\n")
  }

  @Test("F137: an instance is one CSV row: text is prefixed, numbers are not, missing is empty")
  func csvRows() throws {
    let batch = try batch()
    var output = InstancesCSV()
    for index in batch.instances.indices { output.append(index, of: batch) }
    let rows = [
      #"191,9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d1,Failed,failed,Enrollment,"Web, internal",3,"#
        + #"2c8f0d0e-5b0e-4f1a-9e43-0d5f0f8f0a11,KEYEXAMPLE\jsmith,domain,enroll,'=1\u{01},CN==1\u{01},"#
        + #"2026-10-01T00:00:01.000Z,2026-10-01T00:00:00.500Z,-500,ITSM,REST1,4a1c,"#
        + #""Step 'Call ""ITSM""' failed: =cmd",customStep,"#
        + #"KEYEXAMPLE\\jsmith is enrolling for a certificate with CN==1\u{01}.,enroll,negativeDuration"#,
      "192,9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d2,unknown(3),unknown,,,,,,,other,,,,,,,,,,,,unrecognised,"
        + "unknownStatus;badDate;nullTitle",
    ]
    #expect(String(decoding: output.bytes, as: UTF8.self) == rows.map { $0 + "\r\n" }.joined())
  }

  @Test("An instance is one line of JSON with every key, nulls written, text untouched")
  func jsonLines() throws {
    let batch = try batch()
    var output = InstancesNDJSON()
    for index in batch.instances.indices { output.append(index, of: batch) }
    let lines = output.bytes.split(separator: 0x0A)
    #expect(lines.count == 2)
    let first = try #require(
      try JSONSerialization.jsonObject(with: Data(lines[0])) as? [String: Any])
    #expect(first.count == InstanceColumn.allCases.count)
    #expect(first["commonName"] as? String == "=1\u{1}")
    #expect(first["statusMessage"] as? String == #"Step 'Call "ITSM"' failed: =cmd"#)
    #expect(first["durationMs"] as? Int == -500)
    #expect(first["dataQuality"] as? [String] == ["negativeDuration"])
    let second = try #require(
      try JSONSerialization.jsonObject(with: Data(lines[1])) as? [String: Any])
    #expect(second["user"] is NSNull)
    #expect(second["status"] as? String == "unknown(3)")
  }
}
