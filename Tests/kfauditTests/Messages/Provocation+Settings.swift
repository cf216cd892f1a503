import AuditModel

extension Provocation {
  static let connection: [(code: MessageCode, provocation: Provocation)] = [
    (.noServer, .script("kfaudit run $window")),
    (
      .portTwice,
      .script("KEYFACTOR_HOSTNAME=kf.example.invalid:444 KEYFACTOR_PORT=443 kfaudit run $window")
    ),
    (
      .invalidAPIPath,
      .script(
        "KEYFACTOR_HOSTNAME=kf.example.invalid KEYFACTOR_API_PATH='a?b' kfaudit run $window")
    ),
    (
      .invalidPort,
      .script("KEYFACTOR_HOSTNAME=kf.example.invalid KEYFACTOR_PORT=https kfaudit run $window")
    ),
    (.pathInHostname, .script("KEYFACTOR_HOSTNAME=kf.example.invalid/api kfaudit run $window")),
    (.invalidAddress, .script("kfaudit run --server kf.example.invalid $window")),
    (.plainHTTP, .script("kfaudit run --server http://kf.example.invalid $window")),
    (.noCredentials, .script("unset KEYFACTOR_USERNAME KEYFACTOR_PASSWORD; ask")),
    (
      .unsupportedCredentials,
      .script(
        """
        unset KEYFACTOR_USERNAME KEYFACTOR_PASSWORD
        echo '{servers: {default: {host: kf.example.invalid, auth_type: kerberos}}}' >profile
        chmod 600 profile; KEYFACTOR_AUTH_CONFIG_FILE=profile ask
        """)
    ),
    (.bothCredentials, .script("KEYFACTOR_AUTH_ACCESS_TOKEN=abc ask")),
    (.colonInUser, .script("KEYFACTOR_USERNAME=a:b ask")),
    (.credentialMissing, .script("unset KEYFACTOR_PASSWORD; ask")),
    (.credentialNotText, .script("KEYFACTOR_PASSWORD=$'a\\nb' ask")),
    (
      .profileFileWithoutServers,
      .script(
        "echo 'a: b' >profile; KEYFACTOR_AUTH_CONFIG_PROFILE=x KEYFACTOR_AUTH_CONFIG_FILE=profile ask"
      )
    ),
    (
      .unknownProfile,
      .script(
        "echo '{servers: {one: {host: a}}}' >profile; KEYFACTOR_AUTH_CONFIG_PROFILE=two KEYFACTOR_AUTH_CONFIG_FILE=profile ask"
      )
    ),
    (
      .invalidProfile,
      .script("echo '{servers: {default: 5}}' >profile; KEYFACTOR_AUTH_CONFIG_FILE=profile ask")
    ),
    (.invalidTimeout, .script("KEYFACTOR_CLIENT_TIMEOUT=long ask")),
    (.skippedVerification, .script("KEYFACTOR_SKIP_VERIFY=true ask")),
    (.noCertificateInFile, .script("echo x >ca.pem; ask --ca-file ca.pem")),
    (
      .encryptedClientKey,
      .script(
        """
        echo '-----BEGIN CERTIFICATE-----' >cert.pem
        echo '-----BEGIN ENCRYPTED PRIVATE KEY-----' >key.pem; chmod 600 key.pem
        ask --client-cert cert.pem --client-key key.pem
        """)
    ),
    (
      .noKeyInFile,
      .script(
        """
        echo '-----BEGIN CERTIFICATE-----' | tee cert.pem >key.pem; chmod 600 key.pem
        ask --client-cert cert.pem --client-key key.pem
        """)
    ),
    (.invalidProxyVariable, .script("HTTPS_PROXY=socks5://proxy:1080 ask")),
    (
      .unusableCertificates,
      .script(
        "printf -- '-----BEGIN CERTIFICATE-----\\nx\\n-----END CERTIFICATE-----\\n' >ca.pem; ask --ca-file ca.pem"
      )
    ),
    (
      .unsendableToken,
      .script("unset KEYFACTOR_USERNAME KEYFACTOR_PASSWORD; KEYFACTOR_AUTH_ACCESS_TOKEN='a b€' ask")
    ),
    (
      .noAuthorities,
      .unreachable("This machine has certificate authorities; TransportTLSTests take them away.")
    ),
  ]

  static let settings: [(code: MessageCode, provocation: Provocation)] = [
    (.invalidYAML, .script("config 'a: [b'")),
    (.yamlNotUTF8, .script("config $'\\xef\\xbb\\xbftimeZone: UTC'")),
    (.duplicateKey, .script("config $'timeZone: UTC\\ntimeZone: UTC'")),
    (.aliasAsKey, .script("config $'a: &x b\\n*x : c'")),
    (
      .tooManyValues,
      .script(
        """
        config "$(echo 'a0: &a0 [x, x, x, x, x, x, x, x, x, x]'
          for i in 1 2 3 4 5; do j=$((i - 1)); a="*a$j"
          echo "a$i: &a$i [$a, $a, $a, $a, $a, $a, $a, $a, $a, $a]"; done)"
        """)
    ),
    (
      .unreadableYAML, .unreachable("The parser has no other errors for the bytes of a file.")
    ),
    (.notAMapping, .script("config '[a, b]'")),
    (.unknownKey, .script("config 'timezone: UTC'")),
    (.invalidList, .script("config 'serviceUsers: x'")),
    (.invalidMapping, .script("config 'calendar: x'")),
    (.invalidSetting, .script("config 'pageSize: many'")),
    (.unknownName, .script("config 'formats: [cvs]'")),
    (.emptyFormats, .script("config 'formats: []'")),
    (.calendarWithoutHours, .script("config 'calendar: {holidays: [2026-12-25]}'")),
    (
      .overlappingHours,
      .script("config 'calendar: {hours: {Monday: [\"09:00-12:00\", \"11:00-13:00\"]}}'")
    ),
    (.invalidStatusNumber, .script("config 'statusMap: {three: Running}'")),
    (
      .invalidRule,
      .script(
        "config 'failureClasses: [{name: itsm, contains: a}, {name: other, contains: a}]'")
    ),
  ]

  static let policy: [(code: MessageCode, provocation: Provocation)] = [
    (
      .repeatedCheckID,
      .script("policy 'gates: [{id: a, completeness: proved}, {id: a, completeness: proved}]'")
    ),
    (
      .checkIDNotToken,
      .script(
        """
        echo 'gates: [{id: 1st check, completeness: proved}]' >policy.yaml
        try --policy policy.yaml --format oscal
        """)
    ),
    (.checkNeedsOneQuestion, .script("check 'title: x'")),
    (.unknownFigure, .script("check 'metric: backlog.opne, max: 1'")),
    (.figureWithoutInterval, .script("check 'metric: backlog.open, max: 1, on: low'")),
    (.checkNeedsBound, .script("check 'metric: backlog.open'")),
    (
      .waiverEndsEarly,
      .script(
        """
        policy 'gates: [{id: a, completeness: proved}]
        exceptions: [{gate: a, owner: o, reason: r, ticket: t, created: 2026-10-02T00:00:00Z, expires: 2026-10-01T00:00:00Z}]'
        """)
    ),
    (
      .waiverOfWaivers,
      .script(
        """
        policy 'gates: [{id: a, metric: exceptions.expired, max: 0}]
        exceptions: [{gate: a, owner: o, reason: r, ticket: t, created: 2026-10-01T00:00:00Z, expires: 2026-10-02T00:00:00Z}]'
        """)
    ),
    (
      .waiverWithoutCheck,
      .script(
        """
        policy 'gates: [{id: a, completeness: proved}]
        exceptions: [{gate: b, owner: o, reason: r, ticket: t, created: 2026-10-01T00:00:00Z, expires: 2026-10-02T00:00:00Z}]'
        """)
    ),
    (.missingKey, .script("policy 'gates: [{completeness: proved}]'")),
    (.repeatedName, .script("check 'completeness: proved, controls: [soc2/CC6.1, soc2/CC6.1]'")),
    (
      .controlNotListed,
      .script(
        """
        echo '{id: own, title: t, source: https://example.com, controls: [{id: A-1, title: a}]}' >own.yaml
        policy 'frameworks: [own.yaml]
        gates: [{id: a, completeness: proved, controls: [own/A-2]}]'
        """)
    ),
    (.operatorDoesNotFit, .script("rule 'user: {olderThan: 24h}'")),
    (.emptyCondition, .script("rule 'user: {in: []}'")),
    (
      .conditionsTooDeep,
      .script(
        "rule 'not: {not: {not: {not: {not: {not: {not: {not: {user: {exists: true}}}}}}}}}'")
    ),
    (.templateSyntax, .script(#"template 's/<slot name="method">/\&nbsp;&/'"#)),
    (.unknownSlot, .script(#"template 's/name="method"/name="metod"/'"#)),
    (.removedSlot, .script(#"template 's/name="method"/name="turnaround"/'"#)),
    (.unknownSlotAttribute, .script(#"template 's/name="method"/name="method" colour="red"/'"#)),
    (.invalidSlotAttribute, .script(#"template 's/limit="25"/limit="none"/'"#)),
    (
      .misplacedSlot, .script(#"template 's|<slot name="method">.*|<p><slot name="method"/></p>|'"#)
    ),
    (.repeatedSlot, .script(#"template 's/.*name="method".*/&&/'"#)),
    (.missingSlot, .script(#"template '/name="verdict"/d'"#)),
    (.missingContentPolicy, .script("template '/Content-Security-Policy/d'")),
  ]
}
