/// Where instances come from, in one word.
package enum SourceKind: String {
  case server
  case sandbox
  case pages
}
