import AuditModel

extension MetricTable {
  /// Its columns for the data dictionary.
  var fieldDocuments: [FieldDocument] { fields.map(FieldDocument.init) }
}
