import AuditModel
import CommandSandbox

@testable import kfaudit

extension Provocation {
  static let commandLine: [(code: MessageCode, provocation: Provocation)] = [
    (.unusableArguments, .script("kfaudit run --fron 2026-10-01")),
    (.credentialOption, .script("kfaudit run --password hunter2")),
    (.unknownCommand, .script("kfaudit rnu")),
    (.argumentNotUTF8, .script("kfaudit run --out $'caf\\xe9'")),
    (.argumentIsContent, .script("kfaudit run --sign-key '-----BEGIN PRIVATE KEY-----'")),
    (.optionsConflict, .script("try --quiet --verbose")),
    (.optionIncomplete, .script("try --link-pages")),
    (.emptyPath, .script("try --out ''")),
    (.emptyList, .script("try --metrics ,")),
    (.missingFile, .script("try --config nowhere.yaml")),
    (.notARegularFile, .script("mkdir folder; try --config folder")),
    (
      .unreadableFile,
      .unreachable("Tests run as root, who may read every file; PlanTests read through a bench.")
    ),
    (.fileTooLarge, .script("head -c 2000000 /dev/zero >large.yaml; try --config large.yaml")),
    (.variableNotUTF8, .script("TMPDIR=$'caf\\xe9' try")),
    (
      .secretOfOther,
      .script(
        "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 >key.pem; chmod 600 key.pem; "
          + "chown 12345 key.pem; try --sign-key key.pem")
    ),
    (
      .secretReadable,
      .script(
        "echo 0123456789abcdef >key; chmod 644 key; kfaudit render x --out y --pseudonymise key")
    ),
    (
      .pseudonymKeyTooShort,
      .script("echo short >key; chmod 600 key; kfaudit render x --out y --pseudonymise key")
    ),
    (.noPeriodInPages, .script("saved; kfaudit run --pages saved --out archive")),
    (.noServerToCheck, .script("kfaudit check --pages saved")),
    (.noTemplateFolder, .script("kfaudit template write")),
    (.nothingToVerify, .script("kfaudit verify x --chain y")),
    (.proofNeedsRoot, .script("kfaudit verify --proof x")),
    (.noSampleSize, .script("kfaudit sample x")),
    (.nothingToExplain, .script("kfaudit explain bakclog")),
    (
      .unreadableClock,
      .unreachable("The clock of this machine is within the years that can be computed.")
    ),
    (.openFilesLimit, .script("ulimit -n 20; kfaudit run --sandbox")),
    (
      .threadLimit,
      .unreachable("Limits on processes do not bind root; ProcessTests run as another user.")
    ),
    (.closedOutput, .script("kfaudit template write style >/dev/full")),
    (
      .interruptedRead,
      .script(
        """
        kfaudit sandbox --latency 2000 >address 2>/dev/null & sandbox=$!
        await address
        KEYFACTOR_USERNAME='KEYEXAMPLE\\auditor' KEYFACTOR_PASSWORD=wrong \\
          kfaudit run --server "$(cat address)" $window --out archive & run=$!
        await archive/.kfaudit.lock
        kill -TERM $run; wait $run; status=$?; kill $sandbox; exit $status
        """)
    ),
    (.interruptedRun, .value(Signalled(Interruption(signal: 15, remains: .noPack)))),
    (.interrupted, .value(Signalled(Interruption(signal: 2, remains: .nothing)))),
  ]

  static let values: [(code: MessageCode, provocation: Provocation)] = [
    (.invalidNumber, .script("try --page-size 0")),
    (.invalidDate, .script("kfaudit run --sandbox --from 2026-02-30 --to 2026-10-01")),
    (.invalidTimestamp, .script("try --as-of 2026-11-01")),
    (.invalidPeriod, .script("kfaudit run --sandbox --period lastmonth")),
    (.periodReversed, .script("kfaudit run --sandbox --from 2026-11-01 --to 2026-10-01")),
    (.periodOutOfRange, .script("kfaudit run --sandbox --from 1960-01-01 --to 2026-10-01")),
    (.noPeriod, .script("kfaudit run --server https://kf.example.invalid")),
    (.periodIncomplete, .script("kfaudit run --sandbox --from 2026-10-01")),
    (.periodInFuture, .script("window='--period 2098'; ask")),
    (.invalidTimeZone, .script("try --time-zone CEST")),
    (.unknownFormat, .script("try --format junitt")),
    (.unknownMetric, .script("try --metrics backlgo")),
    (.metricNeedsCalendar, .script("try --metrics offHours")),
    (.invalidChoice, .script("try --assurance prooved")),
    (.invalidDuration, .script("try --deadline soon")),
    (.invalidTimestampURL, .script("try --timestamp-url ftp://tsa")),
    (.emptySignCommand, .script("try --sign-command ' '")),
    (.passwordInProxy, .script("ask --proxy http://user:hunter2@proxy:8080")),
    (.invalidProxyOption, .script("ask --proxy socks5://proxy:1080")),
    (.invalidInstance, .script("kfaudit check --sandbox --audit x")),
    (.invalidRoot, .script("kfaudit verify --proof x --root abc")),
    (.invalidDigest, .script("kfaudit verify --chain archive --after abc")),
    (.invalidSigner, .script("kfaudit verify x --signer nobody")),
    (.signerNeedsAnchor, .script("kfaudit verify x --signer CN=Audit")),
    (.invalidRate, .script("kfaudit sample x --rate 0.12345")),
    (.unknownStratum, .script("kfaudit sample x --size 5 --stratify colour")),
    (.unknownOutcome, .script("kfaudit sample x --size 5 --include faild")),
  ]
}

/// The message of an interruption, whose exit status is that of the signal.
private struct Signalled: AuditFailure {
  let message: Message

  init(_ interruption: Interruption) {
    message = interruption.message
  }
}
