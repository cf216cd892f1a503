import AuditModel

/// One column in the data dictionary: a field of Frictionless Table Schema.
struct FieldDocument: Encodable, Sendable {
  var name: String
  var title: String
  var type: String
  var description: String
  /// A property of ours: `ms`, or `1` for a share.
  var unit: String?

  init(_ field: Field) {
    name = field.name
    title = field.title
    type = field.kind.schemaType
    description = field.about
    unit = field.kind.unit
  }
}
