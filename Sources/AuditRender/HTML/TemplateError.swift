package import AuditModel
package import SafeXML

/// A template that the report cannot be written into; found before the first request.
package enum TemplateError: AuditFailure, Equatable {
  /// It is not well-formed, or HTML would read it differently.
  case syntax(TemplateSyntaxError)
  /// There is no such slot.
  case unknownSlot(file: String, line: Int, name: String, nearest: String)
  /// There was such a slot once; what it had is in another.
  case goneSlot(file: String, line: Int, name: String, successor: String)
  /// The slot has no such attribute.
  case unknownAttribute(file: String, line: Int, slot: String, name: String, known: [String])
  /// The attribute cannot have this value.
  case badAttribute(file: String, line: Int, slot: String, name: String, value: String)
  /// A section stands where only text can stand.
  case misplacedSlot(file: String, line: Int, name: String, parent: String)
  /// A section is there twice.
  case repeatedSlot(file: String, line: Int, name: String)
  /// A slot without which the report would mislead is not there.
  case missingSlot(file: String, name: String)
  /// The first element of the head is not the security policy.
  case missingPolicy(file: String)

  /// What is wrong, where, and what to write instead.
  package var message: Message {
    switch self {
    case .syntax(let error): Message(.templateSyntax, error.place, error.message)
    case .unknownSlot(let file, let line, let name, let nearest):
      Message(.unknownSlot, "\(file):\(line)", name, nearest)
    case .goneSlot(let file, let line, let name, let successor):
      Message(.removedSlot, "\(file):\(line)", name, successor)
    case .unknownAttribute(let file, let line, let slot, let name, let known):
      Message(
        .unknownSlotAttribute, "\(file):\(line)", slot, name,
        known.isEmpty
          ? "Remove it: the slot has no attribute but its name."
          : "Use one of \(known.joined(separator: ", ")).")
    case .badAttribute(let file, let line, let slot, let name, let value):
      Message(.invalidSlotAttribute, "\(file):\(line)", name, value, slot)
    case .misplacedSlot(let file, let line, let name, let parent):
      Message(.misplacedSlot, "\(file):\(line)", name, parent)
    case .repeatedSlot(let file, let line, let name):
      Message(.repeatedSlot, "\(file):\(line)", name)
    case .missingSlot(let file, let name): Message(.missingSlot, file, name)
    case .missingPolicy(let file): Message(.missingContentPolicy, file)
    }
  }
}
