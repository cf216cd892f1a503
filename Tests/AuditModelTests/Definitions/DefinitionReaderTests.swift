import Foundation
import Testing

@testable import AuditModel

@Suite("Definitions as a server describes them")
struct DefinitionReaderTests {
  private static let id = "2c8f0d0e-5b0e-4f1a-9e43-0d5f0f8f0a11"

  private static func body(_ steps: String, more: String = "") -> [UInt8] {
    Array(
      #"{"Id":"\#(id)","DisplayName":"Web Server Enrollment","Description":"s3cret","WorkflowType":"Enrollment"\#(more),"Steps":[\#(steps)]}"#
        .utf8)
  }

  private static let email =
    #"{"Id":"x","DisplayName":"s3cret","UniqueName":"s3cret","ExtensionName":"Email","Enabled":true,"#
    + #""ConfigurationParameters":{"s3cret":"s3cret"},"Signals":[],"Conditions":[{"Value":"s3cret"}],"Outputs":{"continue":"s3cret"}}"#

  private static func approval(_ signals: String, more: String = "") -> String {
    #"{"DisplayName":"Require Approval","UniqueName":"RequireApproval1","ExtensionName":"RequireApproval","Enabled":true,"#
      + #""ConfigurationParameters":{"b":1.50,"a":[true,null,9007199254740993]},"Signals":[\#(signals)]\#(more)}"#
  }

  private static let first = #"{"SignalName":"ApprovalStatus","RoleIds":[3,4]}"#
  private static let second =
    #"{"SignalName":"ApprovalStatus","Roles":[{"RoleId":3,"RoleName":"PKI Approvers"}],"RoleTokens":["$(manager)"]}"#

  private func design(_ bytes: [UInt8]) throws -> DefinitionDesign {
    try DefinitionReader.design(of: bytes, id: try #require(InstanceID(Self.id)))
  }

  @Test("Version 2 names roles and tokens, version 1 numbers")
  func versions() throws {
    let named = try design(Self.body(Self.email + "," + Self.approval(Self.second)))
    #expect(named.name == Name("Web Server Enrollment") && named.workflowType == Name("Enrollment"))
    #expect(named.steps.map(\.extensionName) == [Name("Email"), Name("RequireApproval")])
    #expect(named.steps.map(\.isConditional) == [true, false])
    let signal = try #require(named.steps[1].approval?.signals.first)
    #expect(signal.roles == [.init(id: 3, name: Name("PKI Approvers"))])
    #expect(signal.roleTokens == [Name("$(manager)")])
    let numbered = try design(Self.body(Self.approval(Self.first)))
    #expect(
      numbered.steps[0].approval?.signals.first?.roles == [
        .init(id: 3, name: nil), .init(id: 4, name: nil),
      ])
    #expect(named.asksForApproval && named.steps[1].isEnabled == true)
  }

  @Test("Keys may be spelled in any case, and unknown ones are passed over")
  func spelling() throws {
    let body = Self.body(Self.approval(Self.second, more: #","Conditions":null,"New":1"#))
    let camel = String(decoding: body, as: UTF8.self).replacing("\"Steps\"", with: "\"steps\"")
      .replacing("\"ExtensionName\"", with: "\"extensionName\"")
      .replacing("\"Enabled\"", with: "\"enabled\"")
    #expect(try design(Array(camel.utf8)) == design(body))
  }

  @Test(
    "What cannot be used says why, and nothing of what it says is the server's",
    arguments: [
      ("", "its body is not JSON, as byte 0 shows"),
      ("<html>s3cret", "its body is not JSON, as byte 0 shows"),
      (#"{"s3cret":1,"s3cret":2}"#, "its body is not JSON, as byte 23 shows"),
      ("[]", "its body is not an object"), (#"{"Id":null}"#, "its body has no list of steps"),
      (#"{"Steps":{}}"#, "its body has no list of steps"),
      (#"{"Steps":[],"steps":[]}"#, "its member Steps is there twice"),
      (#"{"Id":"s3cret","Steps":[]}"#, "its body is about another definition"),
      (#"{"Steps":[{}]}"#, "step 1: it has no extension name"),
      (#"{"Steps":[3]}"#, "step 1: it has no extension name"),
      (
        #"{"Steps":[{"ExtensionName":"RequireApproval"}]}"#,
        "step 1: the approval step does not say whether it is enabled"
      ),
      (
        #"{"Steps":[{"ExtensionName":"Email","Conditions":"s3cret"}]}"#,
        "step 1: its member Conditions is not a list"
      ),
      (
        #"{"Steps":[{"ExtensionName":"RequireApproval","Enabled":true,"Signals":[{"Roles":[{}]}]}]}"#,
        "step 1: a role has no number"
      ),
      (
        #"{"Steps":[{"ExtensionName":"RequireApproval","Enabled":true,"Signals":[{"RoleTokens":[1]}]}]}"#,
        "step 1: a role token is not a text"
      ),
    ])
  func unusable(body: String, reason: String) throws {
    #expect(throws: DefinitionError(reason)) { try design(Array(body.utf8)) }
  }

  @Test("A body of more than 4 MiB is not read")
  func longBody() throws {
    let bytes = [UInt8](repeating: 0x20, count: DefinitionReader.largestBody + 1)
    #expect(throws: DefinitionError("the definition is longer than 4 MiB")) { try design(bytes) }
  }

  @Test("Only an extension name of exactly RequireApproval is an approval step")
  func exactName() throws {
    for name in [
      "RequireApproval1", "requireapproval", " RequireApproval", "RequireApproval\\u0000",
    ] {
      let design = try design(Self.body(#"{"ExtensionName":"\#(name)","Enabled":true}"#))
      #expect(design.approvalSteps.isEmpty && !design.asksForApproval)
    }
  }

  @Test("The file holds what is kept, parameters digit by digit, and is read as it was written")
  func file() throws {
    let outcomes: [DefinitionRecord.Outcome] = [
      .found(try design(Self.body(Self.email + "," + Self.approval(Self.second)))),
      .found(try design(Self.body(Self.approval(Self.first, more: #","Conditions":[{}]"#)))),
      .notFound(reason: "the server answered 404: it has no such version"),
    ]
    for outcome in outcomes {
      let record = DefinitionRecord(
        id: Name(Self.id), version: 3, apiVersion: 2, body: .init(bytes: 9, sha256: "ab"),
        outcome: outcome)
      #expect(record.fileName == "\(Self.id).v3.json")
      let bytes = try JSONFile.bytes(record)
      #expect(try DefinitionRecord(reading: bytes) == record)
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(!text.contains("s3cret"))
      if record.design != nil {
        #expect(text.contains("1.50") && text.contains("9007199254740993"))
      }
    }
  }

  @Test(
    "A file that is not as it was written is refused",
    arguments: [
      "", "{}", #"{"schemaVersion":2}"#, #"{"schemaVersion":1,"definitionId":"x"}"#,
      #"{"schemaVersion":1,"definitionId":"2C8F0D0E-5b0e-4f1a-9e43-0d5f0f8f0a11","version":1,"apiVersion":2,"bytes":1,"sha256":"a"}"#,
      #"{"schemaVersion":1,"definitionId":"2c8f0d0e-5b0e-4f1a-9e43-0d5f0f8f0a11","version":1,"apiVersion":3,"bytes":1,"sha256":"a"}"#,
      #"{"schemaVersion":1,"definitionId":"2c8f0d0e-5b0e-4f1a-9e43-0d5f0f8f0a11","version":1,"apiVersion":2,"bytes":1,"sha256":"a","found":true,"steps":[{}]}"#,
    ])
  func brokenFile(text: String) {
    #expect(throws: DefinitionError.self) { try DefinitionRecord(reading: Array(text.utf8)) }
  }

  @Test("Objects are equal whatever the order of their members, numbers by their digits")
  func equality() throws {
    func value(_ text: String) throws -> ReceivedJSON {
      try ReceivedJSON(reading: Array(text.utf8))
    }
    #expect(try value(#"{"a":1,"b":[]}"#) == value(#" {"b" : [ ] , "a":1} "#))
    let text = #"{"a\"b": [1.50, null, true], "c": "é"}"#
    #expect(try value(text).line == text)
    #expect(try value("1.0") != value("1"))
    #expect(throws: ReceivedJSONError(byte: 2)) { try value("1 2") }
    let deep = String(repeating: "[", count: 70) + String(repeating: "]", count: 70)
    #expect(throws: ReceivedJSONError.self) { try value(deep) }
  }
}
