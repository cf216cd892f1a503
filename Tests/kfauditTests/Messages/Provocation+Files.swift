import AuditEvidence
import AuditFiles
import AuditModel
import AuditPacks
import AuditRender
import AuditReport
import AuditRun
import CommandSandbox
import SafeXLSX

@testable import kfaudit

extension Provocation {
  private static let full = SystemError(number: 28)
  private static let denied = SystemError(number: 13)

  static let files: [(code: MessageCode, provocation: Provocation)] = [
    (.archiveNotAFolder, .script("touch archive; try")),
    (.archiveIsLink, .script("mkdir real; ln -s real archive; try")),
    (.archiveWorldWritable, .script("mkdir archive; chmod 707 archive; try")),
    (.archiveGroupWritable, .script("mkdir archive; chmod 770 archive; try")),
    (.archiveOfOther, .script("mkdir archive; chown 12345 archive; try")),
    (
      .archiveNotWritable,
      .value(ArchiveError.notWritable(path: "archive", mode: 0o500, fault: denied))
    ),
    (.noSpace, .value(ArchiveError.noSpace(path: "archive", wanted: 5000, free: 4000))),
    (
      .archiveLocked,
      .script(
        "mkdir archive; touch archive/.kfaudit.lock; exec 9<>archive/.kfaudit.lock; flock 9; try 9>&-"
      )
    ),
    (
      .cannotLock,
      .value(ArchiveError.cannotLock(path: "archive", fault: SystemError(number: 95)))
    ),
    (.unexpectedLock, .script("mkdir archive; touch x; ln x archive/.kfaudit.lock; try")),
    (.outputInPack, .script("pack; kfaudit sample archive/latest --size 2 --out archive/latest/x")),
    (
      .reservedName,
      .script(
        "pack; kfaudit sample archive/latest --size 2 --out archive/latest2 --quiet; kfaudit template write archive/2026-11-01_2026-12-01"
      )
    ),
    (.cannotCreate, .script("pack; kfaudit sample archive/latest --size 2 --out nowhere/x")),
    (.storageFault, .value(ArchiveError.cannotCreate(path: "archive/x", fault: full))),
    (.cannotWrite, .value(ArchiveError.cannotWrite(path: "archive/x", bytes: 5, fault: full))),
    (
      .cannotSynchronise,
      .script(
        "strace -f -o /dev/null -e trace=fsync -e inject=fsync:error=EIO "
          + "kfaudit run --sandbox --sandbox-instances 30 $window --out archive")
    ),
    (.cannotRemove, .value(ArchiveError.cannotRemove(path: "archive", fault: denied))),
    (.cannotUseTemporary, .script("TMPDIR=/nowhere try --sign-command cat")),
    (
      .unusableName,
      .script("saved; touch saved/$'a\\tb.json'; kfaudit run --pages saved $window --out archive")
    ),
    (.noRevisionLeft, .value(ArchiveError.noRevision(path: "archive/x.r9"))),
    (.missingPath, .script("try --template nowhere")),
    (.unlistableArchive, .script("kfaudit verify --chain nowhere")),
    (
      .largeFile,
      .script(
        "pack; head -c 80000000 /dev/zero >archive/latest/manifest.json; kfaudit render archive/latest --out x"
      )
    ),
    (.cannotRead, .value(ArchiveError.cannotRead(path: "x", fault: denied))),
    (.unreadablePack, .value(ArchiveError.unreadablePack(path: "archive/x", fault: denied))),
    (
      .unexpectedFile,
      .value(ArchiveError.strangeFile(path: "archive/.kfaudit-read", reason: "it has 2 names"))
    ),
    (
      .cannotStart,
      .value(ArchiveError.cannotStart(path: "/bin/sh", fault: SystemError(number: 2)))
    ),
    (.workbookWithoutMemory, .value(WorkbookError.outOfMemory)),
    (.workbookNotWritten, .value(WorkbookError.refused(file: "report.xlsx", reason: "no room"))),
    (.unusableZip, .script("echo PK >pack.zip; kfaudit verify pack.zip")),
    (
      .bundleExists,
      .script("pack; touch pack.zip; kfaudit bundle archive/2026* --out pack.zip")
    ),
    (
      .bundleInterrupted,
      .unreachable("It needs a signal while the bundle is written; BundleTests cancel it.")
    ),
    (
      .bundleNotWritten,
      .script("mkdir -p archive/2026-10-01_2026-11-01.zip; try --bundle")
    ),
    (.templateRefused, .script("kfaudit template write /proc/kfaudit")),
    (.templateExists, .script("kfaudit template write style; kfaudit template write style")),
    (
      .mergeOutputNotEmpty,
      .script("pack; mkdir out; touch out/x; kfaudit merge archive/2026* --out out")
    ),
    (
      .namesNotSynchronised,
      .script(
        "mkdir -m 700 archive; strace -f -o /dev/null -P $PWD/archive -e trace=fsync -e inject=fsync:error=EINVAL "
          + "kfaudit run --sandbox --sandbox-instances 30 $window --out $PWD/archive")
    ),
    (
      .notResuming,
      .script(
        """
        kfaudit sandbox >address 2>/dev/null & sandbox=$!
        await address
        mkdir -m 700 archive archive/.kfaudit-read
        export KEYFACTOR_USERNAME='KEYEXAMPLE\\auditor' KEYFACTOR_PASSWORD=wrong
        kfaudit run --server "$(cat address)" $window --out archive; kill $sandbox
        """)
    ),
    (
      .keptIncomplete,
      .unreachable("Only a server that fails after its first page makes it; InterruptedReadTests.")
    ),
    (
      .latestNotUpdated, .script("mkdir -m 700 archive archive/latest; try")
    ),
    (
      .passedOver,
      .script("pack; mkdir archive/other; kfaudit merge archive/2026* archive/other --out out")
    ),
  ]

  static let signing: [(code: MessageCode, provocation: Provocation)] = [
    (
      .encryptedKey,
      .script(key("-algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes256 -pass pass:x"))
    ),
    (.noSigningKey, .script("echo x >key.pem; chmod 600 key.pem; try --sign-key key.pem")),
    (
      .unsupportedKey,
      .script(
        "openssl req -x509 -newkey ed25519 -nodes -keyout key.pem -out c.pem -subj /CN=a 2>/dev/null; "
          + "chmod 600 key.pem; try --sign-key key.pem --sign-cert c.pem")
    ),
    (
      .brokenKey,
      .script(
        "printf -- '-----BEGIN PRIVATE KEY-----\\nAAAA\\n-----END PRIVATE KEY-----\\n' >key.pem; "
          + "chmod 600 key.pem; openssl req -x509 -newkey rsa:2048 -nodes -keyout o.pem -out c.pem -subj /CN=a 2>/dev/null; "
          + "try --sign-key key.pem --sign-cert c.pem")
    ),
    (.certificateMissing, .script(key("-algorithm EC -pkeyopt ec_paramgen_curve:P-256"))),
    (
      .certificateNotWanted,
      .script(
        "ssh-keygen -q -t ed25519 -N '' -f key; echo x >c.pem; try --sign-key key --sign-cert c.pem"
      )
    ),
    (
      .brokenCertificate,
      .script(
        "echo x >c.pem; " + key("-algorithm EC -pkeyopt ec_paramgen_curve:P-256")
          + " --sign-cert c.pem")
    ),
    (
      .keyDoesNotMatch,
      .script(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout o.pem -out c.pem -subj /CN=a 2>/dev/null; "
          + key("-algorithm EC -pkeyopt ec_paramgen_curve:P-256") + " --sign-cert c.pem")
    ),
    (
      .signerConcern,
      .script(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out c.pem -subj /CN=a "
          + "-addext keyUsage=critical,keyEncipherment 2>/dev/null; chmod 600 key.pem; "
          + "try --sign-key key.pem --sign-cert c.pem")
    ),
    (.signingFailed, .value(SigningError.signingFailed("no entropy"))),
    (.unusableSignature, .script("try --sign-command 'echo nothing'")),
    (
      .unacceptableSigner,
      .script(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out c.pem -subj /CN=a "
          + "-addext keyUsage=critical,keyEncipherment 2>/dev/null; "
          + "try --sign-command 'openssl cms -sign -binary -md sha256 -signer c.pem -inkey key.pem -outform PEM'"
      )
    ),
    (.unusableTimestamp, .value(SigningError.notATimestamp("its version is not 1"))),
    (.unusableTrust, .script("echo x >ca.pem; kfaudit verify x --ca-file ca.pem")),
    (.signCommandFailed, .script("try --sign-command false")),
    (.signCommandSilent, .script("try --sign-command true")),
    (.signCommandTimeout, .value(SignCommandError.tookTooLong("sign", seconds: 60))),
    (
      .changedSigner,
      .value(SignCommandError.changedSigner("sign", tried: "CN=a", signed: "CN=b"))
    ),
    (.noTimestamp, .script("try --timestamp-url http://127.0.0.1:9/")),
  ]

  private static func key(_ options: String) -> String {
    "openssl genpkey \(options) >key.pem 2>/dev/null; chmod 600 key.pem; try --sign-key key.pem"
  }

  static let packs: [(code: MessageCode, provocation: Provocation)] = [
    (.missingPack, .script("kfaudit render nowhere --out x")),
    (.notAPack, .script("mkdir other; kfaudit render other --out x")),
    (.emptyArchive, .script("mkdir other; kfaudit verify --chain other")),
    (
      .unreadableDocument,
      .script(
        "pack; echo '{}' >archive/latest/manifest.json; kfaudit render archive/latest --out x")
    ),
    (
      .damagedEvidence,
      .script("pack; rm archive/latest/evidence/pages/*1*; kfaudit render archive/latest --out x")
    ),
    (
      .damagedPredecessor,
      .script("pack; echo >>archive/latest/instances.csv; try --as-of 2026-12-01T00:00:00Z")
    ),
    (.unknownInstance, .script("pack; kfaudit proof archive/latest --id 7")),
    (.ambiguousRow, .value(PackError.ambiguousRow(id: "4711"))),
    (.notAProof, .script("echo '{}' >proof; pack; kfaudit verify archive/latest --proof proof")),
    (.noPacksToMerge, .value(MergeError.noPacks)),
    (.incompletePack, .value(MergeError.incomplete(pack: "archive/2026.INCOMPLETE"))),
    (
      .differingPacks,
      .script(
        "pack; pack --time-zone Europe/Berlin --out other; kfaudit merge archive/2026* other/2026* --out out"
      )
    ),
    (.formatNeedsRows, .script("pack; kfaudit merge archive/2026* --format ndjson --out out")),
    (
      .metricNeedsEarlierPack,
      .script("pack; kfaudit merge archive/2026* --metrics changes --out out")
    ),
    (
      .metricNeedsDefinitions,
      .script("pack; kfaudit merge archive/2026* --metrics controlDesign --out out")
    ),
    (
      .historyFault,
      .script("pack; echo >>archive/latest/report.json; kfaudit history archive")
    ),
    (
      .historyChainBroken,
      .script(
        "pack; pack --from 2026-11-01 --to 2026-11-02; sed -i s/2026/2025/ archive/2026-10*/manifest.json; kfaudit history archive"
      )
    ),
    (
      .historyMoreFaults,
      .unreachable("It needs more than twenty damaged packs; HistoryTests count them.")
    ),
    (.missingArchive, .script("kfaudit history nothing")),
    (.archiveWithoutPacks, .script("mkdir empty; kfaudit history empty")),
    (.packNotArchive, .script("pack; kfaudit history archive/2026*")),
    (
      .policyCheckNotPassed,
      .script(
        "echo 'gates: [{id: a, completeness: proved}]' >policy.yaml; try --policy policy.yaml --assurance counted"
      )
    ),
    (.policyCheckNotEvaluated, .script("check 'metric: definitions.new, max: 0'")),
    (
      .requiredCheckNotEvaluated,
      .script("check 'metric: definitions.new, max: 0, required: true'")
    ),
    (
      .otherVersion,
      .script(
        """
        pack; cd archive/latest
        sed -i 's/"toolVersion" : "[^"]*"/"toolVersion" : "0.0.1"/' manifest.json
        sed -i "s/^[0-9a-f]*  manifest.json$/$(sha256sum manifest.json)/" SHA256SUMS
        cd ../..; kfaudit render archive/latest --out x
        """)
    ),
    (
      .earlierPackNotice,
      .script("pack; try --restart-chain --as-of 2026-12-01T00:00:00Z")
    ),
  ]

  static let faults: [(code: MessageCode, provocation: Provocation)] = [
    (.internalError, .value(CommandError(internal: CancellationError()))),
    (
      .programStopped,
      .script(
        """
        kfaudit sandbox >address & sandbox=$!
        await address
        kill -ABRT $sandbox; wait $sandbox
        """)
    ),
    (.unfinishedPack, .value(ArchiveError.unfinished(path: "archive/x"))),
    (.unequalTotals, .value(ReductionError.unequalTotals(["rows 5", "ids 4"]))),
    (
      .contradictingReport,
      .value(RenderError.controlTotals(expected: 5, found: 4, place: "population.byStatus"))
    ),
    (.notEncodable, .value(RenderError.notEncodable(file: "report.json", reason: "infinity"))),
    (.sandboxOption, .value(SandboxError.impossibleOption(name: "port", value: "-1", rule: "no"))),
    (.sandboxCertificate, .value(SandboxError.unusableCertificate(reason: "no PEM"))),
    (
      .sandboxPort,
      .script(
        """
        kfaudit sandbox >address 2>/dev/null & sandbox=$!
        await address
        port=$(sed 's/.*:\\([0-9]*\\).*/\\1/' address)
        kfaudit sandbox --port $port; status=$?; kill $sandbox; exit $status
        """)
    ),
  ]
}
