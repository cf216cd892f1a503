package import AuditModel

/// `datapackage.json`: the data dictionary of every CSV in a pack, a Frictionless Data Package (version 1).
package enum DataPackage {
  /// Describes instances.csv, which stays with the packs of a merged report, and the tables whose metric is present.
  package static func render(_ report: ReportDocument) throws -> Artifact {
    let instances = resource(
      "instances", "One row an instance", path: "instances.csv",
      InstanceColumn.allCases.map(\.field), key: InstanceColumn.referenceID.rawValue)
    let tables = ReportTables.all(of: report).map { name, table in
      resource(name, table.title, path: "tables/\(name).csv", table.fields)
    }
    let package: JSONObject = [
      "name": "kfaudit-report", "title": report.cover.scope, "profile": "tabular-data-package",
      "description": textRule, "resources": (report.servers == nil ? [instances] : []) + tables,
    ]
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

  /// One CSV.
  private static func resource(
    _ name: String, _ title: String, path: String, _ fields: [Field], key: String? = nil
  ) -> JSONObject {
    // RFC 4180.
    let dialect: JSONObject = [
      "delimiter": ",", "doubleQuote": true, "header": true, "lineTerminator": "\r\n",
      "quoteChar": "\"",
    ]
    let schema: JSONObject = [
      "fields": fields.map(column), "missingValues": [""], "primaryKey": key,
    ]
    return [
      "name": name, "title": title, "path": path, "profile": "tabular-data-resource",
      "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "dialect": dialect,
      "schema": schema,
    ]
  }

  /// One column: a field of Frictionless Table Schema, with `unit` as a property of ours.
  private static func column(_ field: Field) -> JSONObject {
    [
      "name": field.name, "title": field.title, "type": field.kind.schemaType,
      "description": field.about, "unit": field.kind.unit,
    ]
  }
}
