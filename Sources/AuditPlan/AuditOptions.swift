/// What was said: the options of `kfaudit run` as the user wrote them, checked by nobody yet.
///
/// ``AuditPlan/init(resolving:in:knownMetrics:)`` turns them into what will be done.
package struct AuditOptions: Sendable, Equatable {
  /// `--from`: the first instant or day of the window.
  package var from: String?
  /// `--to`: the first instant or day after the window.
  package var to: String?
  /// `--period`: the window by name, instead.
  package var period: String?
  /// `--time-zone`: an IANA name.
  package var timeZone: String?
  /// `--server`: the address of the API.
  package var server: String?
  /// `--pages`: a folder of saved pages, instead of a server.
  package var pages: String?
  /// `--link-pages`: hard-link saved pages rather than copy them.
  package var linkPages = false
  /// `--sandbox`: the embedded stand-in server, instead of a real one.
  package var sandbox = false
  /// `--sandbox-instances`: how many instances the sandbox holds.
  package var sandboxInstances: String?
  /// `--sandbox-seed`: what its data is drawn from.
  package var sandboxSeed: String?
  /// `--sandbox-hostile`: the percentage of hostile names.
  package var sandboxHostile: String?
  /// `--out`: the archive.
  package var out: String?
  /// `--format`: a comma-separated list.
  package var format: String?
  /// `--metrics`: a comma-separated list.
  package var metrics: String?
  /// `--template`: a folder of templates.
  package var template: String?
  /// `--config`: the configuration file.
  package var config: String?
  /// `--as-of`: the frozen instant.
  package var asOf: String?
  /// `--page-size`: how many instances a request asks for.
  package var pageSize: String?
  /// `--ca-file`: certificates to trust, in PEM.
  package var caFile: String?
  /// `--client-cert`: the client's certificate chain, in PEM.
  package var clientCertificate: String?
  /// `--client-key`: the key of the client's certificate, in PEM.
  package var clientKey: String?
  /// `--proxy`: an HTTP proxy.
  package var proxy: String?
  /// `--previous`: the earlier pack to compare with.
  package var previous: String?
  /// `--assurance`: `proved` or `counted`.
  package var assurance: String?
  /// `--concurrency`: how many requests may be under way at the same time.
  package var concurrency: String?
  /// `--deadline`: how long the fetch may take.
  package var deadline: String?
  /// `--keep-partial`: what was read before a fetch failed is kept.
  package var keepPartial = false
  /// `--accept-unproved`: an unproved population is no failure.
  package var acceptUnproved = false
  /// `--excel`: a byte order mark before CSV.
  package var excel = false
  /// `--policy`: gates and exceptions.
  package var policy: String?
  /// `--allow-shared`: others than this user may be able to write to the archive.
  package var allowShared = false
  /// `--restart-chain`: begin a new chain of packs.
  package var restartChain = false
  /// `--force`: publish after a pack that is not what was published.
  package var force = false
  /// `--sign-key`: the key that signs the pack.
  package var signKey: String?
  /// `--sign-cert`: its certificate, in PEM.
  package var signCertificate: String?
  /// `--sign-command`: instead, a shell command that signs what it reads.
  package var signCommand: String?
  /// `--timestamp-url`: an RFC 3161 authority.
  package var timestampURL: String?
  /// `--allow-open-window`: the window may still be filling.
  package var allowOpenWindow = false

  /// Says nothing.
  package init() {}
}
