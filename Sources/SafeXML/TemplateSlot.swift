/// A hole in a template: `<slot name="…" …/>`, with where it stands.
public struct TemplateSlot: Sendable, Equatable {
  /// One attribute of the slot, `name` left out.
  public struct Attribute: Sendable, Equatable {
    /// The attribute's name.
    public var name: String
    /// Its value.
    public var value: String

    /// Makes an attribute.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// What goes into the hole.
  public var name: String
  /// The other attributes, in the order of the template.
  public var attributes: [Attribute]
  /// The element around the slot, in lower case: a paragraph cannot hold a table.
  public var parent: String
  /// The line in the template.
  public var line: Int

  /// Makes a slot.
  public init(name: String, attributes: [Attribute], parent: String, line: Int) {
    self.name = name
    self.attributes = attributes
    self.parent = parent
    self.line = line
  }
}
