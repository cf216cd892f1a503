import SafeXML

/// A piece of a checked template.
enum PagePart: Sendable {
  case literal(TemplateLiteral)
  case slot(Slot, limit: Int)
  case contentSecurityPolicy
}
