/// A piece of a compiled template, in document order.
public enum TemplatePart: Sendable, Equatable {
  /// HTML that is the same in every page, ready to be written.
  case literal(TemplateLiteral)
  /// A hole.
  case slot(TemplateSlot)
  /// The value of the Content-Security-Policy meta element, between its quotes.
  ///
  /// It holds digests of the page's own style, which nobody should have to keep up to date by hand. What the
  /// template carries there serves only its preview in a browser.
  case contentSecurityPolicy
}
