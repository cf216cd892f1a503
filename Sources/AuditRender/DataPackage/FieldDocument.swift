/// One column in the data dictionary: a field of Frictionless Table Schema.
struct FieldDocument: Encodable, Sendable {
  var name: String
  var title: String
  var type: String
  var description: String
  /// A property of ours: `ms`, or `1` for a share.
  var unit: String?

  init(name: String, title: String, kind: ColumnKind, about: String) {
    self.name = name
    self.title = title
    type = kind.schemaType
    description = about
    unit = kind.unit
  }
}
