package import AuditModel

/// `datapackage.json`: the data dictionary of every CSV in a pack.
package enum DataPackage {
  /// Describes instances.csv, which stays with the packs of a merged report, and the tables whose metric is present.
  package static func render(_ report: ReportDocument) throws -> Artifact {
    let instances = DataPackageDocument.Resource(
      name: "instances", title: "One row an instance", path: "instances.csv",
      schema: .init(
        fields: InstanceColumn.allCases.map { FieldDocument($0.field) },
        primaryKey: InstanceColumn.referenceID.rawValue))
    let tables = ReportTables.all(of: report).map { name, table in
      DataPackageDocument.Resource(
        name: name, title: table.title, path: "tables/\(name).csv",
        schema: .init(fields: table.fields.map(FieldDocument.init)))
    }
    let package = DataPackageDocument(
      name: "kfaudit-report", title: report.cover.scope, description: textRule,
      resources: (report.servers == nil ? [instances] : []) + tables)
    return Artifact(
      path: "datapackage.json", mediaType: "application/json",
      bytes: try JSONFile.bytes(of: package, named: "datapackage.json"))
  }

  private static let textRule =
    "Text columns (type string) are written so that no spreadsheet evaluates them, whether it separates "
    + "cells by commas, semicolons, tabs or vertical bars, and reversibly. "
    + "To have the exact text back: remove exactly one leading apostrophe where there is one; then, "
    + "only if the cell holds the sequence \\u{, replace each \\u{XX} by the code point with that "
    + "hexadecimal number and each doubled backslash by one. Columns of other types are never "
    + "changed. Missing values are empty. Instants are RFC 3339 in UTC, durations milliseconds, "
    + "shares between 0 and 1."
}

/// A Frictionless Data Package (version 1): what every CSV of a pack holds.
private struct DataPackageDocument: Encodable {
  /// One CSV.
  struct Resource: Encodable {
    var name: String
    var title: String
    var path: String
    var profile = "tabular-data-resource"
    var format = "csv"
    var mediatype = "text/csv"
    var encoding = "utf-8"
    var dialect = Dialect()
    var schema: Schema
  }

  /// RFC 4180.
  struct Dialect: Encodable {
    var delimiter = ","
    var doubleQuote = true
    var header = true
    var lineTerminator = "\r\n"
    var quoteChar = "\""
  }

  /// The columns.
  struct Schema: Encodable {
    var fields: [FieldDocument]
    var missingValues = [""]
    var primaryKey: String?
  }

  var name: String
  var title: String
  var profile = "tabular-data-package"
  var description: String
  var resources: [Resource]
}

/// One column in the data dictionary: a field of Frictionless Table Schema.
private struct FieldDocument: Encodable, Sendable {
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
