/// What a row is about: a definition, a user and a subject, fresh or once more.
struct Assignment {
  /// The place of the definition in the catalogue.
  var workflow: Int
  var userName: String
  var subject: SubjectArtist.Subject
  /// How many rows about the same thing failed before.
  var failures = 0
}
