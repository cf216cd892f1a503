package import AuditModel
private import Foundation

/// The JSON Schema of a metric's section, as it follows from the section's own declarations.
package struct MetricSchema {
  private let section: MetricSection

  /// Takes a section.
  package init(section: MetricSection) {
    self.section = section
  }

  /// The schema.
  package var object: [String: Any] {
    var properties: [String: Any] = [
      "caption": [
        "type": "string", "description": "What the figures are, and what they cannot say.",
      ]
    ]
    for figure in section.figures {
      properties[figure.field.key] = Self.value(figure.field)
    }
    for table in section.tables {
      guard let key = table.place.key else { continue }
      properties[key] = Self.array(of: table)
    }
    var schema = Self.object(properties)
    schema["description"] = "\(section.title)."
    return schema
  }

  /// The schema of one table of a section.
  package static func array(of table: MetricTable) -> [String: Any] {
    [
      "type": "array", "items": object(table.fields),
      "description": table.place.listed == .max
        ? "\(table.title)." : "\(table.title); the first \(table.place.listed).",
    ]
  }

  private static func object(_ fields: [Field]) -> [String: Any] {
    object(Dictionary(uniqueKeysWithValues: fields.map { ($0.key, value($0)) }))
  }

  private static func object(_ properties: [String: Any]) -> [String: Any] {
    [
      "type": "object", "properties": properties, "required": properties.keys.sorted(),
      "additionalProperties": false,
    ]
  }

  /// Every value but a day and a list of ids may be missing.
  private static func value(_ field: Field) -> [String: Any] {
    var schema: [String: Any] = ["description": field.about]
    switch field.kind {
    case .text: schema["type"] = ["string", "null"]
    case .count, .identifier: schema["type"] = ["integer", "null"]
    case .number, .measure, .duration: schema["type"] = ["number", "null"]
    case .flag: schema["type"] = ["boolean", "null"]
    case .day: schema["type"] = "string"
    case .ratio:
      schema["type"] = ["number", "null"]
      schema["minimum"] = 0
      schema["maximum"] = 1
    case .instant:
      schema["type"] = ["string", "null"]
      schema["pattern"] =
        "^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$"
    case .ids:
      schema["type"] = "array"
      schema["items"] = ["type": "integer"]
    }
    return schema
  }
}
