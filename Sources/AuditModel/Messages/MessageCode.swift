/// By what a message is known, whatever its words: `KFA-1023`.
///
/// Numbers are stable: a code is never given to another message, and a message that goes takes its code with it. The first
/// digit is the area; what a code means is in the catalogue.
public enum MessageCode: Int, Sendable, CaseIterable {
  // The command line and the environment.
  /// Something that the argument parser does not accept.
  case unusableArguments = 1001
  /// A credential as an option.
  case credentialOption = 1002
  /// A command that does not exist.
  case unknownCommand = 1003
  /// An argument that is not UTF-8.
  case argumentNotUTF8 = 1004
  /// The content of a file in the place of its path.
  case argumentIsContent = 1005
  /// Options that exclude each other.
  case optionsConflict = 1006
  /// An option that needs another one.
  case optionIncomplete = 1007
  /// An empty path.
  case emptyPath = 1008
  /// An empty list.
  case emptyList = 1009
  /// A number that is not one, or out of range.
  case invalidNumber = 1010
  /// A day or time that does not exist.
  case invalidDate = 1011
  /// A time without a zone, or no time.
  case invalidTimestamp = 1012
  /// A period that is not known.
  case invalidPeriod = 1013
  /// A period that ends before it begins.
  case periodReversed = 1014
  /// A period outside the years that can be computed.
  case periodOutOfRange = 1015
  /// No period.
  case noPeriod = 1016
  /// Half a period.
  case periodIncomplete = 1017
  /// A period that ends in the future.
  case periodInFuture = 1018
  /// A time zone that does not exist.
  case invalidTimeZone = 1019
  /// An output format that does not exist.
  case unknownFormat = 1020
  /// A metric that does not exist.
  case unknownMetric = 1021
  /// A metric that needs business hours.
  case metricNeedsCalendar = 1022
  /// A value that is not among the possible ones.
  case invalidChoice = 1023
  /// A duration that is not one.
  case invalidDuration = 1024
  /// An address of a timestamp authority that is not one.
  case invalidTimestampURL = 1025
  /// An empty command.
  case emptySignCommand = 1026
  /// A password in --proxy.
  case passwordInProxy = 1027
  /// --proxy that is not a proxy.
  case invalidProxyOption = 1028
  /// A file that does not exist.
  case missingFile = 1029
  /// A folder or device instead of a file.
  case notARegularFile = 1030
  /// A file that this user cannot read.
  case unreadableFile = 1031
  /// A file that is too large for its purpose.
  case fileTooLarge = 1032
  /// A variable that is not UTF-8.
  case variableNotUTF8 = 1033
  /// A secret file of another user.
  case secretOfOther = 1034
  /// A secret file that others can read.
  case secretReadable = 1035
  /// A key of pseudonyms that could be guessed.
  case pseudonymKeyTooShort = 1036
  /// Saved responses without a start time.
  case noPeriodInPages = 1037
  /// kfaudit check with saved responses.
  case noServerToCheck = 1038
  /// kfaudit template write without a folder.
  case noTemplateFolder = 1039
  /// kfaudit verify without something to verify.
  case nothingToVerify = 1040
  /// A proof without a root to compare with.
  case proofNeedsRoot = 1041
  /// A root that is not one.
  case invalidRoot = 1042
  /// A digest that is not one.
  case invalidDigest = 1043
  /// A signer that is not one.
  case invalidSigner = 1044
  /// A subject without a vouching anchor.
  case signerNeedsAnchor = 1045
  /// A sample without a size, or with more than one.
  case noSampleSize = 1046
  /// A share that is not one.
  case invalidRate = 1047
  /// A column that makes no strata.
  case unknownStratum = 1048
  /// A status or outcome that does not exist.
  case unknownOutcome = 1049
  /// A name that kfaudit does not explain.
  case nothingToExplain = 1050
  /// A clock that is not set.
  case unreadableClock = 1051
  /// A GUID of an instance that is not one.
  case invalidInstance = 1052
  /// A limit on open files.
  case openFilesLimit = 1060
  /// A limit on threads.
  case threadLimit = 1061
  /// A result without a reader.
  case closedOutput = 1062
  /// A run that a signal ended while it read from a server.
  case interruptedRead = 1070
  /// A run that a signal ended.
  case interruptedRun = 1071
  /// Another command that a signal ended.
  case interrupted = 1072

  // Server, credentials and certificates.
  /// No server.
  case noServer = 2001
  /// Two different ports.
  case portTwice = 2002
  /// A path of the API that is not one.
  case invalidAPIPath = 2003
  /// A port that is not one.
  case invalidPort = 2004
  /// A host name with a path.
  case pathInHostname = 2005
  /// An address that is not one.
  case invalidAddress = 2006
  /// An address without TLS.
  case plainHTTP = 2007
  /// No credentials.
  case noCredentials = 2010
  /// Credentials of a kind that is not supported.
  case unsupportedCredentials = 2011
  /// Basic and OAuth credentials at once.
  case bothCredentials = 2012
  /// A user with a colon.
  case colonInUser = 2013
  /// Half of a credential.
  case credentialMissing = 2014
  /// A credential that is not one line of text.
  case credentialNotText = 2015
  /// A profile file of another form.
  case profileFileWithoutServers = 2016
  /// A profile that does not exist.
  case unknownProfile = 2017
  /// A profile that is not a mapping.
  case invalidProfile = 2018
  /// A timeout that is not one.
  case invalidTimeout = 2019
  /// Verification that shall be skipped.
  case skippedVerification = 2020
  /// A file without a certificate.
  case noCertificateInFile = 2021
  /// A client key with a passphrase.
  case encryptedClientKey = 2022
  /// A file without a private key.
  case noKeyInFile = 2023
  /// A variable that is not a proxy.
  case invalidProxyVariable = 2024
  /// Certificates that cannot be used.
  case unusableCertificates = 2025
  /// A token that no header can carry.
  case unsendableToken = 2026
  /// No certificate authority to trust.
  case noAuthorities = 2027

  // Configuration, policy and template.
  /// A file that is not YAML.
  case invalidYAML = 3001
  /// A file in another encoding.
  case yamlNotUTF8 = 3002
  /// A key that occurs twice.
  case duplicateKey = 3003
  /// An alias where a key belongs.
  case aliasAsKey = 3004
  /// A file that expands to too many values.
  case tooManyValues = 3005
  /// A file that the parser cannot take.
  case unreadableYAML = 3006
  /// A file that is not a mapping.
  case notAMapping = 3007
  /// A key that does not exist.
  case unknownKey = 3008
  /// A value that must be a list.
  case invalidList = 3009
  /// A value that must be a mapping.
  case invalidMapping = 3010
  /// A value that the setting cannot have.
  case invalidSetting = 3011
  /// A name that the setting does not know.
  case unknownName = 3012
  /// An empty list of formats.
  case emptyFormats = 3013
  /// A calendar without hours.
  case calendarWithoutHours = 3014
  /// Hours that overlap.
  case overlappingHours = 3015
  /// A key of the status map that is not a number.
  case invalidStatusNumber = 3016
  /// A rule of the configuration that cannot be used.
  case invalidRule = 3017
  /// Two policy checks with one id.
  case repeatedCheckID = 3101
  /// A policy check that asks nothing, or twice.
  case checkNeedsOneQuestion = 3102
  /// A figure that does not exist.
  case unknownFigure = 3103
  /// A bound on an interval that the figure does not have.
  case figureWithoutInterval = 3104
  /// A policy check without a bound.
  case checkNeedsBound = 3105
  /// A waiver that ends before it was created.
  case waiverEndsEarly = 3106
  /// A waiver for a check of the waivers.
  case waiverOfWaivers = 3107
  /// A waiver for a check that does not exist.
  case waiverWithoutCheck = 3108
  /// A key that must be there.
  case missingKey = 3109
  /// A name of a rule, a control or a framework that occurs twice.
  case repeatedName = 3121
  /// A control that its framework does not list.
  case controlNotListed = 3122
  /// A condition that its column cannot fulfil.
  case operatorDoesNotFit = 3123
  /// A condition without content.
  case emptyCondition = 3124
  /// Conditions in conditions without end.
  case conditionsTooDeep = 3125
  /// An id of a policy check that OSCAL does not take.
  case checkIDNotToken = 3126
  /// A template that is not well-formed.
  case templateSyntax = 3201
  /// A slot that does not exist.
  case unknownSlot = 3202
  /// A slot that another one replaces.
  case removedSlot = 3203
  /// An attribute that a slot does not have.
  case unknownSlotAttribute = 3204
  /// A value that an attribute cannot have.
  case invalidSlotAttribute = 3205
  /// A section where only text can be.
  case misplacedSlot = 3206
  /// A section that is there twice.
  case repeatedSlot = 3207
  /// A template without a slot that it must have.
  case missingSlot = 3208
  /// A template without the security policy of the page.
  case missingContentPolicy = 3209

  // Reading from a server.
  /// A server that cannot be reached.
  case unreachable = 4001
  /// A host name without an address.
  case unknownHost = 4002
  /// A connection that was not answered.
  case connectTimeout = 4003
  /// A response that did not come in time.
  case responseTimeout = 4004
  /// A certificate without a trusted issuer.
  case untrustedCertificate = 4005
  /// A certificate that is not valid now.
  case certificateOutOfDate = 4006
  /// A certificate for another host.
  case certificateOfOtherHost = 4007
  /// A server that does not speak TLS as it must.
  case noTLS = 4008
  /// A TLS handshake that failed.
  case handshakeFailed = 4009
  /// A limit of this machine.
  case connectionLimit = 4010
  /// A server that requires a client certificate.
  case clientCertificateRequired = 4011
  /// A client certificate that is refused.
  case clientCertificateRefused = 4012
  /// A proxy that refuses the credentials.
  case proxyRefused = 4013
  /// A response that is not HTTP.
  case brokenHTTP = 4014
  /// A response that is too large.
  case bodyTooLarge = 4015
  /// A token endpoint that gave no token.
  case tokenRefused = 4016
  /// A token endpoint that is not one.
  case tokenEndpointBroken = 4017
  /// Credentials that are refused.
  case credentialsRefused = 4018
  /// A new token that is refused too.
  case credentialsRefusedTwice = 4019
  /// An account without the permission.
  case forbidden = 4020
  /// A status that means something else than rows.
  case unexpectedStatus = 4021
  /// A query that is rejected.
  case queryRejected = 4022
  /// A server that has trouble.
  case serverBusy = 4023
  /// A server that limits requests.
  case tooManyRequests = 4024
  /// A server that redirects.
  case redirected = 4025
  /// A body that is not what was asked for.
  case unexpectedBody = 4026
  /// A login page instead of data.
  case loginPage = 4027
  /// Responses that contradict each other.
  case brokenPaging = 4028
  /// Rows that cannot be told apart.
  case brokenIdentity = 4029
  /// A server that ignores the date filter.
  case filterIgnored = 4030
  /// A request that failed several times.
  case unreachableAfterRetries = 4031
  /// A request that was limited several times.
  case busyAfterRetries = 4032
  /// A server that asks for a long wait.
  case askedToWait = 4033
  /// A read that took too long.
  case deadlinePassed = 4034
  /// Clocks that are far apart.
  case clocksDiffer = 4035
  /// A period that may still change.
  case openPeriod = 4036
  /// Too many failed requests.
  case tooManyRetries = 4037
  /// An instance that the account does not see.
  case unseenInstance = 4038
  /// An instance whose times cannot be read.
  case instanceWithoutTimes = 4039
  /// An audit log that the account may not read.
  case auditLogForbidden = 4040
  /// A response that is not a list of audit log rows.
  case unreadableAuditLog = 4041
  /// A wait before another attempt.
  case retrying = 4050
  /// Something about the server that deserves a look.
  case serverPeculiarity = 4051
  /// A notice about the read, which the report contains too.
  case readNotice = 4052
  /// A pack whose completeness is not proved.
  case completenessNotProved = 4053
  /// A workflow definition that was asked for and not read.
  case definitionsNotRead = 4054

  // Responses and their rows.
  /// A response that is not a page of instances.
  case notAPage = 5001
  /// A row that breaks the contract of the API.
  case brokenRow = 5002
  /// Two instances with one GUID.
  case sharedGUID = 5003
  /// Two instances with one reference id.
  case sharedReferenceID = 5004
  /// A folder without a response.
  case noPages = 5005
  /// A file where a folder belongs.
  case pagesNotAFolder = 5006
  /// A response that is not a plain file.
  case pageNotAFile = 5007
  /// A response with a name that is not UTF-8.
  case pageNameNotUTF8 = 5008
  /// A response that cannot be decompressed.
  case cannotDecompress = 5009
  /// A response that was replaced during the run.
  case pageReplaced = 5010
  /// A response that cannot be hard-linked.
  case cannotLinkPage = 5011
  /// A row of a file of decisions that cannot be used.
  case brokenDecisions = 5012
  /// A file of decisions beyond the limit.
  case decisionsTooLarge = 5013
  /// Decisions whose two identifiers are not those of one instance.
  case decisionsContradict = 5014

  // The archive and its files.
  /// An archive that is not a folder.
  case archiveNotAFolder = 6001
  /// An archive that is a symbolic link.
  case archiveIsLink = 6002
  /// An archive that everyone can write to.
  case archiveWorldWritable = 6003
  /// An archive that its group can write to.
  case archiveGroupWritable = 6004
  /// An archive of another user.
  case archiveOfOther = 6005
  /// An archive that this user cannot write to.
  case archiveNotWritable = 6006
  /// A disk without room for the run.
  case noSpace = 6007
  /// An archive that another run writes to.
  case archiveLocked = 6008
  /// An archive that cannot be locked.
  case cannotLock = 6009
  /// A lock that is not a plain file of this user.
  case unexpectedLock = 6010
  /// A file that would be written into a pack.
  case outputInPack = 6011
  /// A name that the archive needs.
  case reservedName = 6012
  /// A file or folder that cannot be created.
  case cannotCreate = 6013
  /// A disk that is full or broken.
  case storageFault = 6014
  /// Data that could not be written.
  case cannotWrite = 6015
  /// Data that may not be on the disk.
  case cannotSynchronise = 6016
  /// Leftovers that cannot be removed.
  case cannotRemove = 6017
  /// No folder for temporary files.
  case cannotUseTemporary = 6018
  /// A name that no file of a pack can have.
  case unusableName = 6019
  /// A period with too many packs.
  case noRevisionLeft = 6020
  /// A file or folder that does not exist.
  case missingPath = 6021
  /// An archive that cannot be listed.
  case unlistableArchive = 6022
  /// A file that is larger than one of its kind can be.
  case largeFile = 6023
  /// A file that cannot be read.
  case cannotRead = 6024
  /// A pack of the archive that cannot be read.
  case unreadablePack = 6025
  /// A file that others may have changed.
  case unexpectedFile = 6026
  /// A program that cannot be started.
  case cannotStart = 6027
  /// No memory for a workbook.
  case workbookWithoutMemory = 6028
  /// A workbook that could not be written.
  case workbookNotWritten = 6029
  /// A template that cannot be created.
  case templateRefused = 6030
  /// A template that exists already.
  case templateExists = 6031
  /// A folder that is not empty.
  case mergeOutputNotEmpty = 6032
  /// A zip archive that is not read.
  case unusableZip = 6033
  /// A bundle that would replace a file.
  case bundleExists = 6034
  /// A run that was interrupted while it wrote the bundle.
  case bundleInterrupted = 6035
  /// A file system that does not flush folders.
  case namesNotSynchronised = 6050
  /// An interrupted run that is not resumed.
  case notResuming = 6051
  /// An incomplete read that is kept.
  case keptIncomplete = 6052
  /// A link to the newest pack that was not updated.
  case latestNotUpdated = 6053
  /// Names in an archive that are not packs.
  case passedOver = 6054
  /// A published pack whose bundle was not written.
  case bundleNotWritten = 6055

  // Signing and timestamps.
  /// A signing key with a passphrase.
  case encryptedKey = 7001
  /// A file without one private key.
  case noSigningKey = 7002
  /// A key of a kind that is not supported.
  case unsupportedKey = 7003
  /// A key that cannot be read.
  case brokenKey = 7004
  /// A PEM key without its certificate.
  case certificateMissing = 7005
  /// A certificate beside an OpenSSH key.
  case certificateNotWanted = 7006
  /// A signing certificate that cannot be used.
  case brokenCertificate = 7007
  /// A certificate of another key.
  case keyDoesNotMatch = 7008
  /// A certificate that verifiers do not accept.
  case signerConcern = 7009
  /// A signature that could not be made.
  case signingFailed = 7010
  /// Output of a command that is not a signature.
  case unusableSignature = 7011
  /// A certificate of a command that verifiers do not accept.
  case unacceptableSigner = 7012
  /// A response that is not a timestamp.
  case unusableTimestamp = 7013
  /// Trust anchors that cannot be used.
  case unusableTrust = 7014
  /// A command that failed.
  case signCommandFailed = 7015
  /// A command that printed nothing.
  case signCommandSilent = 7016
  /// A command that did not end.
  case signCommandTimeout = 7017
  /// A command that signed with another key.
  case changedSigner = 7018
  /// A pack without the timestamp that was asked for.
  case noTimestamp = 7050

  // Packs and policy checks.
  /// A pack that does not exist.
  case missingPack = 8001
  /// A folder that is not a pack.
  case notAPack = 8002
  /// An archive without a pack.
  case emptyArchive = 8003
  /// A document of a pack that cannot be understood.
  case unreadableDocument = 8004
  /// Evidence that is not as published.
  case damagedEvidence = 8005
  /// A previous pack that fails verification.
  case damagedPredecessor = 8006
  /// An instance that the pack does not have.
  case unknownInstance = 8007
  /// A row that cannot be proved.
  case ambiguousRow = 8008
  /// A file that is not a proof.
  case notAProof = 8009
  /// No packs to merge.
  case noPacksToMerge = 8010
  /// An incomplete pack in a merge.
  case incompletePack = 8011
  /// Packs that were made with different settings.
  case differingPacks = 8012
  /// A format that a merged report cannot have.
  case formatNeedsRows = 8013
  /// A metric that a merged report cannot have.
  case metricNeedsEarlierPack = 8014
  /// A metric over packs none of which has workflow definitions.
  case metricNeedsDefinitions = 8015
  /// A folder of packs that cannot be opened.
  case missingArchive = 8016
  /// A folder that contains no pack.
  case archiveWithoutPacks = 8017
  /// A pack where an archive of packs is expected.
  case packNotArchive = 8018
  /// A policy check that failed, or is waived.
  case policyCheckNotPassed = 8050
  /// A required policy check without a result.
  case requiredCheckNotEvaluated = 8051
  /// Files that another version made.
  case otherVersion = 8052
  /// A notice about the earlier pack, which the report contains too.
  case earlierPackNotice = 8053
  /// A policy check without a result.
  case policyCheckNotEvaluated = 8054
  /// A pack of a history whose files do not fit their digests.
  case historyFault = 8055
  /// A pack of a history that does not follow the one before.
  case historyChainBroken = 8056
  /// Faults of a history that are on its page only.
  case historyMoreFaults = 8057

  // The sandbox, and faults of kfaudit.
  /// An error that no part of kfaudit foresaw.
  case internalError = 9001
  /// A program that stopped itself.
  case programStopped = 9002
  /// A pack that would be published too early.
  case unfinishedPack = 9003
  /// Control totals that differ.
  case unequalTotals = 9004
  /// A report that contradicts itself.
  case contradictingReport = 9005
  /// A figure that has no form in JSON.
  case notEncodable = 9006
  /// An option that no sandbox can have.
  case sandboxOption = 9010
  /// A certificate that the sandbox cannot use.
  case sandboxCertificate = 9011
  /// A port that the sandbox cannot listen on.
  case sandboxPort = 9012
}
