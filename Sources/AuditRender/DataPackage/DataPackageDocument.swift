/// A Frictionless Data Package (version 1): what every CSV of a pack holds.
struct DataPackageDocument: Encodable, Sendable {
  /// One CSV.
  struct Resource: Encodable, Sendable {
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
  struct Dialect: Encodable, Sendable {
    var delimiter = ","
    var doubleQuote = true
    var header = true
    var lineTerminator = "\r\n"
    var quoteChar = "\""
  }

  /// The columns.
  struct Schema: Encodable, Sendable {
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
