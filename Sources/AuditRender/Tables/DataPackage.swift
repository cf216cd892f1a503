package import AuditModel

/// `datapackage.json`: the data dictionary of every CSV in a pack.
package enum DataPackage {
  /// Describes instances.csv, which stays with the packs of a merged report, and the tables whose metric is present.
  package static func render(_ report: ReportDocument) throws -> Artifact {
    let instances = DataPackageDocument.Resource(
      name: "instances", title: "One row an instance", path: "instances.csv",
      schema: .init(fields: InstanceFields.all, primaryKey: "reference_id"))
    let tables = ReportTables.all(of: report).map { name, table in
      DataPackageDocument.Resource(
        name: name, title: table.title, path: "tables/\(name).csv",
        schema: .init(fields: table.fieldDocuments))
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

extension MetricTable {
  /// Its columns for the data dictionary.
  fileprivate var fieldDocuments: [FieldDocument] { fields.map(FieldDocument.init) }
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

/// The columns of `instances.csv`, which is written row by row and not as a ``MetricTable``.
private enum InstanceFields {
  static let all: [FieldDocument] = [
    field("reference_id", "Reference id", .count, "The server's ascending number of the instance."),
    field("id", "Id", .text, "The instance's GUID."),
    field(
      "status", "Status", .text, "Where the workflow stands, in the vendor's words, or unknown."),
    field("outcome", "Outcome", .text, "What became of it, read from status and status message."),
    field("workflow_type", "Workflow type", .text, "The type of workflow."),
    field("definition_name", "Definition", .text, "The definition's display name."),
    field("definition_version", "Version", .count, "The definition's version."),
    field("definition_id", "Definition id", .text, "The definition's GUID."),
    field("user", "User", .text, "The initiating user, read from the title."),
    field("user_kind", "User kind", .text, "timer, domain, principal or client."),
    field("action", "Action", .text, "enroll, revoke or other."),
    field("common_name", "Common name", .text, "The first CN value of the subject."),
    field("subject", "Subject", .text, "What the title says after its phrase."),
    field("start", "Started", .instant, "When it started, UTC."),
    field("last_modified", "Last modified", .instant, "When it last changed, UTC."),
    field(
      "duration_ms", "Duration", .duration,
      "Last modified minus started, in milliseconds, for instances that ended or were restarted."),
    field("step_name", "Step", .text, "The display name of the current step."),
    field("step_unique_name", "Step id", .text, "The unique name of the current step."),
    field("step_id", "Step GUID", .text, "The GUID of the current step."),
    field("status_message", "Status message", .text, "What the server says about the status."),
    field("failure_class", "Failure class", .text, "Why it failed, read from the status message."),
    field("title", "Title", .text, "The title as received."),
    field("title_rule", "Title rule", .text, "The rule that read the title."),
    field(
      "data_quality", "Data quality", .text, "What is odd about it: flags joined by semicolons."),
  ]

  private static func field(
    _ name: String, _ title: String, _ kind: ColumnKind, _ about: String
  ) -> FieldDocument {
    FieldDocument(Field(name, title, kind, about: about))
  }
}
