package import AuditModel
private import Crypto
private import FoundationEssentials

/// Keyed tokens in the place of users, subjects, hosts and of every text that somebody chose: only what `ProductTerms`
/// lists, numbers, instants and GUIDs stay.
///
/// A token is a kind and the first 64 bits of HMAC-SHA-256 over the kind, a zero byte and the text: the same key gives
/// the same token for the same text in every run, and names cannot be tried out without the key.
package struct Pseudonyms: Sendable {
  private let key: SymmetricKey
  private var users: [Name: User] = [:]
  /// By what they replace, which is kept so that nothing else comes to have its identity.
  private var definitions: [ObjectIdentifier: (of: Definition, shown: Definition)] = [:]
  private var steps: [ObjectIdentifier: (of: Step, shown: Step)] = [:]

  /// Makes tokens with a key.
  package init(key: [UInt8]) {
    self.key = SymmetricKey(data: key)
  }

  /// The token of a text.
  package func token(_ kind: String, for text: some Sequence<UInt8>) -> String {
    "\(kind)-\(Hexadecimal.text(of: code(kind, text).prefix(8)))"
  }

  /// The token of a user, by the key that users are grouped by; the product's own timer keeps its name.
  package func token(for user: User) -> String {
    user.kind == .timer ? user.spelling.string : token("user", for: user.key.bytes)
  }

  /// The token of the id of a definition; a GUID stays.
  package func definitionID(_ id: Name) -> Name {
    ProductTerms.isGUID(id.string) ? id : Name(token("definition", for: id.bytes))
  }

  /// The token of a workflow type that is not the product's.
  package func workflowType(_ name: Name) -> Name {
    ProductTerms.isWorkflowType(name) ? name : Name(token("type", for: name.bytes))
  }

  /// The token of the name of a step that is not the product's.
  package func step(_ name: Name) -> Name {
    ProductTerms.isStep(name) ? name : Name(token("step", for: name.bytes))
  }

  /// The token of a product's version that is more than a number.
  package func version(_ text: String) -> String {
    ProductTerms.isVersion(text) ? text : token("version", for: text.utf8)
  }

  /// The token of a number that identifies somebody; it fits any reader of JSON.
  package func number(for number: Int64) -> Int64 {
    code("number", Array(String(number).utf8)).prefix(6).reduce(0) { $0 << 8 | Int64($1) }
  }

  /// The batch with tokens; its text holds nothing of the page any more.
  package mutating func replacing(_ batch: InstanceBatch) -> InstanceBatch {
    var replaced = InstanceBatch(text: [], instances: [])
    for (field, instances) in batch.unknownFields {
      replaced.unknownFields[Name(token("field", for: field.bytes))] = instances
    }
    for var instance in batch.instances {
      replaceNames(in: &instance)
      instance.received = .empty
      instance.title = instance.title.map { title in
        let wording = TerminalText.sanitized(batch.string(title), limit: 200)
        return slice(token("title", for: wording.utf8), in: &replaced)
      }
      instance.stepID = instance.stepID.map { id in
        let text = batch.string(id)
        let isGUID = ProductTerms.isGUID(text)
        return slice(isGUID ? text : token("step", for: text.utf8), in: &replaced)
      }
      instance.subject = token("subject", instance.subject, of: batch, in: &replaced)
      instance.commonName = token("name", instance.commonName, of: batch, in: &replaced)
      instance.statusMessage = token("message", instance.statusMessage, of: batch, in: &replaced)
      replaced.instances.append(instance)
    }
    return replaced
  }

  /// Replaces what an instance does not point at in its batch.
  private mutating func replaceNames(in instance: inout Instance) {
    instance.user = instance.user.map { user(for: $0) }
    instance.rejectedByID = instance.rejectedByID.map(number(for:))
    instance.statusText = instance.statusText.map { status in
      ProductTerms.isInteger(status) ? status : Name(token("status", for: status.bytes))
    }
    if case .customStep(let name) = instance.failureClass {
      instance.failureClass = .customStep(step(name))
    }
    if case .configured(let name) = instance.failureClass {
      instance.failureClass = .configured(Name(token("category", for: name.bytes)))
    }
    instance.definition = definition(for: instance.definition)
    instance.step = step(for: instance.step)
  }

  private mutating func definition(for definition: Definition) -> Definition {
    if let known = definitions[ObjectIdentifier(definition)] { return known.shown }
    let shown = Definition(
      id: definition.id.map(definitionID),
      name: definition.name.map { Name(token("definition", for: $0.bytes)) },
      version: definition.version, workflowType: definition.workflowType.map(workflowType))
    definitions[ObjectIdentifier(definition)] = (definition, shown)
    return shown
  }

  private mutating func step(for step: Step) -> Step {
    if let known = steps[ObjectIdentifier(step)] { return known.shown }
    let shown = Step(
      name: step.name.map { self.step($0) }, uniqueName: step.uniqueName.map { self.step($0) })
    steps[ObjectIdentifier(step)] = (step, shown)
    return shown
  }

  private mutating func user(for user: User) -> User {
    if let known = users[user.key] { return known }
    let name = Name(token(for: user))
    let replaced = User(spelling: name, key: name, kind: user.kind)
    users[user.key] = replaced
    return replaced
  }

  private func token(
    _ kind: String, _ text: TextSlice?, of batch: InstanceBatch, in replaced: inout InstanceBatch
  ) -> TextSlice? {
    text.map { slice(token(kind, for: batch.text[$0.range]), in: &replaced) }
  }

  private func slice(_ text: String, in batch: inout InstanceBatch) -> TextSlice {
    let slice = TextSlice(start: batch.text.count, count: text.utf8.count)
    batch.text += text.utf8
    return slice
  }

  private func code(_ kind: String, _ text: some Sequence<UInt8>) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: Array(kind.utf8) + [0] + Array(text), using: key))
  }
}

/// Names that the product itself gives, the same at every customer: they identify no person.
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
    let digits = name.bytes.reversed().prefix(while: \.isASCIIDigit)
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
    text.utf8.count <= 32
      && text.utf8.allSatisfy { $0.isASCIIDigit || $0 == UInt8(ascii: ".") }
  }
}
