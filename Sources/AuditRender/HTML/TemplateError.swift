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
  package var description: String {
    switch self {
    case .syntax(let error): error.description
    case .unknownSlot(let file, let line, let name, let nearest):
      "\(file):\(line): there is no slot \"\(name)\"; the nearest is \"\(nearest)\"."
    case .goneSlot(let file, let line, let name, let successor):
      "\(file):\(line): the slot \"\(name)\" is gone; its successor is \"\(successor)\". Write "
        + "<slot name=\"\(successor)\"/> in its place, once for all that it succeeds."
    case .unknownAttribute(let file, let line, let slot, let name, let known):
      "\(file):\(line): the slot \"\(slot)\" has no attribute \"\(name)\"; "
        + (known.isEmpty ? "it has none but its name." : "it has \(known.joined(separator: ", ")).")
    case .badAttribute(let file, let line, let slot, let name, let value):
      "\(file):\(line): \(name)=\"\(value)\" of the slot \"\(slot)\" is not a whole number from 1."
    case .misplacedSlot(let file, let line, let name, let parent):
      "\(file):\(line): the slot \"\(name)\" is a whole section and cannot stand in \(parent); "
        + "put it into main, section, div, header, footer, nav, aside or article."
    case .repeatedSlot(let file, let line, let name):
      "\(file):\(line): the slot \"\(name)\" is a whole section and is there twice; keep one."
    case .missingSlot(let file, let name):
      "\(file): the slot \"\(name)\" is missing: a report must say whether it is complete; "
        + "put <slot name=\"\(name)\"/> into main."
    case .missingPolicy(let file):
      "\(file): head must begin with <meta http-equiv=\"Content-Security-Policy\" content=\"…\"/>; "
        + "its content is filled in."
    }
  }

  /// 78: templates are configuration.
  package var exitStatus: ExitStatus { .configuration }
}
