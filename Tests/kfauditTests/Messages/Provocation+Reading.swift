import AuditFetch
import AuditFiles
import AuditModel
import AuditReport

extension Provocation {
  private static let host = "kf.example.com:443"
  private static let place = "https://kf.example.com/KeyfactorAPI/Workflow/Instances"
  private static let time = Instant(milliseconds: 1_795_478_400_000)

  static let reading: [(code: MessageCode, provocation: Provocation)] = [
    (.unreachable, .value(TransportError.unreachable(place: host, reason: "connection refused"))),
    (.unknownHost, .value(TransportError.unknownHost(place: host))),
    (.connectTimeout, .value(TransportError.connectTimedOut(place: host, limit: "10 s"))),
    (.responseTimeout, .value(TransportError.timedOut(place: host, what: "no byte for 60 s"))),
    (.untrustedCertificate, .value(TransportError.tls(place: host, check: .untrusted))),
    (.certificateOutOfDate, .value(TransportError.tls(place: host, check: .expired(time)))),
    (.certificateOfOtherHost, .value(TransportError.tls(place: host, check: .otherHost))),
    (.noTLS, .value(TransportError.tls(place: host, check: .notTLS))),
    (.handshakeFailed, .value(TransportError.tls(place: host, check: .handshakeRefused))),
    (
      .connectionLimit,
      .value(TransportError.machine(place: host, reason: "too many open files"))
    ),
    (.clientCertificateRequired, .value(TransportError.clientCertificateRequired(place: host))),
    (.clientCertificateRefused, .value(TransportError.clientCertificateRefused(place: host))),
    (.proxyRefused, .value(TransportError.proxyRefused(place: host))),
    (.brokenHTTP, .value(TransportError.brokenHTTP(place: host, reason: "no status line"))),
    (.bodyTooLarge, .value(TransportError.bodyTooLarge(place: host, limit: 64 << 20))),
    (
      .tokenRefused,
      .value(
        FetchError.tokenEndpoint(
          url: place, status: 401, reason: "invalid_client", isProtocol: false))
    ),
    (
      .tokenEndpointBroken,
      .value(FetchError.tokenEndpoint(url: place, status: 404, reason: "", isProtocol: true))
    ),
    (.credentialsRefused, .value(FetchError.credentialsRefused(place: place, wasRenewed: false))),
    (
      .credentialsRefusedTwice,
      .value(FetchError.credentialsRefused(place: place, wasRenewed: true))
    ),
    (.forbidden, .value(FetchError.forbidden(place: place, reason: ": no permission"))),
    (.unexpectedStatus, .value(FetchError.status(404, place: place, reason: ""))),
    (
      .queryRejected,
      .value(FetchError.rejected(place: place, reason: "", parameters: "QueryString"))
    ),
    (.serverBusy, .value(FetchError.busy(503, place: place, retryAfter: "120"))),
    (.tooManyRequests, .value(FetchError.busy(429, place: place, retryAfter: nil))),
    (
      .redirected, .value(FetchError.redirected(302, place: place, target: "https://sso.example"))
    ),
    (
      .unexpectedBody,
      .value(
        FetchError.unexpectedBody(
          place: place, found: "HTML instead of JSON", isLogin: true, wasBearer: false))
    ),
    (
      .loginPage,
      .value(
        FetchError.unexpectedBody(
          place: place, found: "HTML instead of JSON", isLogin: true, wasBearer: true))
    ),
    (.brokenPaging, .value(FetchError.brokenPaging(place: place, reason: "ids descend"))),
    (.brokenIdentity, .value(FetchError.brokenData(place: place, reason: "two rows, one id"))),
    (.filterIgnored, .value(FetchError.filterIgnored(place: place))),
    (
      .unreachableAfterRetries,
      .value(FetchError.exhausted(attempts: 5, last: Message(.unknownHost, host)))
    ),
    (
      .busyAfterRetries,
      .value(FetchError.exhausted(attempts: 5, last: Message(.tooManyRequests, host, "")))
    ),
    (.askedToWait, .value(FetchError.askedToWait(seconds: 3600, last: "429."))),
    (
      .deadlinePassed,
      .value(FetchError.deadline(seconds: 1800, place: place, progress: "3 pages"))
    ),
    (
      .clocksDiffer,
      .value(
        FetchError.clocksDiffer(server: time, host: time.advanced(byMilliseconds: 90_000_000)))
    ),
    (.openPeriod, .value(FetchError.openWindow(end: time, server: time, isServersClock: true))),
    (.tooManyRetries, .value(FetchError.budgetSpent(retries: 21, requests: 100, last: "503."))),
    (
      .unseenInstance,
      .script("kfaudit check --sandbox --audit 00000000-0000-0000-0000-000000000001")
    ),
    (
      .instanceWithoutTimes,
      .value(AuditLogError.noTimes(InstanceID(high: 0, low: 1)))
    ),
    (
      .auditLogForbidden,
      .value(AuditLogError.forbidden(place: "https://kf.example.com/Audit", reason: ": no"))
    ),
    (
      .unreadableAuditLog,
      .value(AuditLogError.unreadable(place: "https://kf.example.com/Audit", reason: "HTML"))
    ),
    (
      .retrying,
      .script(
        "kfaudit run --server http://127.0.0.1:9 --deadline 2s $window --out archive")
    ),
    (
      .serverPeculiarity,
      .unreachable(
        "The embedded sandbox keeps the clock of this machine; StatusFaultTests see noted checks.")
    ),
    (
      .readNotice,
      .script("saved; touch saved/notes.txt; kfaudit run --pages saved $window --out archive")
    ),
    (
      .definitionsNotRead,
      .unreachable(
        "The embedded sandbox grants every permission; DefinitionReadTests see refusals.")
    ),
    (
      .completenessNotProved, .script("saved; kfaudit run --pages saved $window --out archive")
    ),
  ]

  static let rows: [(code: MessageCode, provocation: Provocation)] = [
    (.notAPage, .script("pages '{\"Message\": \"no\"}'")),
    (.brokenRow, .script("pages '[{\"Id\": 5}]'")),
    (
      .sharedGUID,
      .script(
        """
        row() { pack; zcat archive/latest/evidence/pages/*.gz | head -c 100000 >/dev/null; }
        id='"Id":"9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d1"'
        rest='"Status":"Complete","CurrentStepId":null,"StatusMessage":"","Signals":[],"Definition":null,"CurrentStepDisplayName":"","CurrentStepUniqueName":"","Title":"","LastModified":"2026-10-02T00:00:00Z","StartDate":"2026-10-02T00:00:00Z"'
        pages "[{$id,\\"ReferenceId\\":1,$rest},{$id,\\"ReferenceId\\":2,$rest}]"
        """)
    ),
    (
      .sharedReferenceID,
      .script(
        """
        rest='"ReferenceId":1,"Status":"Complete","CurrentStepId":null,"StatusMessage":"","Signals":[],"Definition":null,"CurrentStepDisplayName":"","CurrentStepUniqueName":"","Title":"","LastModified":"2026-10-02T00:00:00Z","StartDate":"2026-10-02T00:00:00Z"'
        pages "[{\\"Id\\":\\"9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d1\\",$rest},{\\"Id\\":\\"8c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d1\\",$rest}]"
        """)
    ),
    (.noPages, .script("mkdir saved; kfaudit run --pages saved $window --out archive")),
    (.pagesNotAFolder, .script("touch saved; kfaudit run --pages saved $window --out archive")),
    (
      .pageNotAFile,
      .script("mkdir -p saved/page.json; kfaudit run --pages saved $window --out archive")
    ),
    (
      .pageNameNotUTF8,
      .script(
        "saved; touch saved/$'caf\\xe9.json'; kfaudit run --pages saved $window --out archive")
    ),
    (
      .cannotDecompress,
      .script(
        "mkdir saved; echo x >saved/page.json.gz; kfaudit run --pages saved $window --out archive")
    ),
    (.pageReplaced, .value(ArchiveError.exchanged(path: "archive/page.json"))),
    (
      .cannotLinkPage,
      .value(ArchiveError.cannotLink(path: "saved/page.json", fault: SystemError(number: 18)))
    ),
    (
      .brokenDecisions,
      .script(
        "printf 'id,approver,decided_at,decision\\n1,a,b,c\\n' >decisions.csv; try --approvals decisions.csv"
      )
    ),
    (
      .decisionsTooLarge,
      .script("truncate -s 4G decisions.csv; try --approvals decisions.csv")
    ),
    (
      .decisionsContradict,
      .value(ReductionError.severalInstances(file: "decisions.csv", lines: [2, 3]))
    ),
  ]
}
