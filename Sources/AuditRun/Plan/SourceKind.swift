/// Where instances come from, in one word.
enum SourceKind: String {
  case server
  case sandbox
  case pages
}
