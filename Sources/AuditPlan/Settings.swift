import AuditModel

/// Everything that a user can set: a declaration each, in the files of this folder that begin like this one.
package enum Settings {
  /// The numbers of the sandbox.
  static let ofSandbox: [any AnySetting] = [sandboxInstances, sandboxSeed, sandboxHostile]

  /// Who asks; what nobody may see comes last.
  static let credentials: [any AnySetting] = [
    userName, domain, clientID, tokenURL, audience, password, accessToken, clientSecret,
  ]

  /// What `kfaudit config show` shows after the window and the source.
  package static let shown: [any AnySetting] =
    [
      out, previous, format, metrics, template, config, policy, approvals, pageSize, assurance,
      concurrency,
      deadline, controlDesign, acceptUnproved, keepPartial, allowOpenWindow, allowShared,
      bundle, restartChain, force,
      excel, linkPages, signKey, signCertificate, signCommand, timestampURL,
    ] + [
      preparedFor, statusMap, approvalDefinitions, calendar, serviceUsers, serviceLevels,
      ownRevocationDays, hastyApprovalSeconds, refusedThenObtainedDays, batchEndsInstances,
      batchEndsGapSeconds, manyRequestersUsers, manyRequestersDays, titleRules, failureClasses,
      rejectedBy,
    ]

  /// What the configuration file can set.
  package static let inFile = ([timeZone] + shown).filter { $0.declaration.key != nil }
}
