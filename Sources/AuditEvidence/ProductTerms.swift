import AuditModel

/// Names that the product itself gives, the same at every customer: they name nobody.
///
/// Source: the vendor's pages on workflow definitions, instances and step types, up to version 25.
enum ProductTerms {
  private static let workflowTypes = Set(
    [
      "CertificateEnteredCollection", "CertificateLeftCollection", "Enrollment", "Expiration",
      "Revocation",
    ].map { Name($0) })

  /// Built-in steps, and the types of step that unique names are made of, `RequireApproval1`.
  private static let steps = Set(
    [
      "AwsLambda", "AzureFunction", "AzureFunctionOAuth", "Email", "End", "EndNOOP", "EnrollStep",
      "ExpirationRenewal", "Keyfactor-Enroll", "Keyfactor-Revoke", "NOOPStep", "OAuthRESTRequest",
      "PowerShell", "RESTRequest", "Require Approval", "RequireApproval", "RevokeStep", "Start",
      "StartNOOP", "UpdateMetadata",
    ].map { Name($0) })

  /// The most digits behind a type of step that count as its number and not as something else.
  private static let stepDigits = 3

  /// Whether a workflow type is the product's.
  static func isWorkflowType(_ name: Name) -> Bool { workflowTypes.contains(name) }

  /// Whether the name of a step is the product's, with or without a number.
  static func isStep(_ name: Name) -> Bool {
    let digits = name.bytes.reversed().prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    return digits.count <= stepDigits
      && steps.contains(Name(bytes: Array(name.bytes.dropLast(digits.count))))
  }

  /// Whether a text is a GUID, which is drawn and not chosen.
  static func isGUID(_ text: String) -> Bool { InstanceID(text) != nil }

  /// Whether a status is one of the product's integers, as ``Instance/statusText`` writes them.
  static func isInteger(_ status: Name) -> Bool {
    let text = status.string
    guard text.utf8.starts(with: "unknown(".utf8), text.utf8.last == UInt8(ascii: ")") else {
      return Int64(text) != nil
    }
    return Int64(String(decoding: text.utf8.dropFirst(8).dropLast(), as: UTF8.self)) != nil
  }

  /// Whether a version is a number with full stops, as products have.
  static func isVersion(_ text: String) -> Bool {
    let isNumber = { (byte: UInt8) in byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: ".") }
    return text.utf8.count <= 32 && text.utf8.allSatisfy(isNumber)
  }
}
