extension MessageEntry {
  /// Messages about the sandbox, and faults of kfaudit.
  static let faults: [MessageEntry] = [
    MessageEntry(
      .internalError, .exits(.internalError),
      "internal error: ‹error›. Report it with the command line.",
      cause: "A fault of kfaudit.",
      remedy: "Report it; see the article about contributing."),
    MessageEntry(
      .programStopped, .signal,
      "internal error: the program stopped itself. A pack that has its name is complete, and the next run needs no cleaning. Report it with the command line.",
      cause: "A fault of kfaudit.",
      remedy: "Report it; set SWIFT_BACKTRACE=enable=yes to see where."),
    MessageEntry(
      .unfinishedPack, .exits(.internalError),
      "the pack was to be published while ‹path› was still being written. Report this fault of kfaudit.",
      cause: "A fault of kfaudit; nothing was published.",
      remedy: "Report it."),
    MessageEntry(
      .unequalTotals, .exits(.internalError),
      "the control totals differ (‹totals›). Nothing was published. Keep the responses and report this fault of kfaudit.",
      cause: "A fault of kfaudit; nothing was published.",
      remedy: "Report it with the responses, or with a pseudonymised copy."),
    MessageEntry(
      .contradictingReport, .exits(.internalError),
      "the report counts ‹expected› instances, but ‹place› adds up to ‹found›. Keep the responses and report this fault of kfaudit.",
      cause: "A fault of kfaudit; nothing was published.",
      remedy: "Report it with the responses, or with a pseudonymised copy."),
    MessageEntry(
      .notEncodable, .exits(.internalError),
      "‹file› could not be encoded: ‹reason›. Keep the responses and report this fault of kfaudit.",
      cause: "A fault of kfaudit; nothing was published.",
      remedy: "Report it with the responses, or with a pseudonymised copy."),
    MessageEntry(
      .sandboxOption, .exits(.unreachable),
      "the sandbox cannot start: ‹name› is ‹value›, but ‹rule›. Change ‹name›.",
      cause: "A value is out of range.",
      remedy: "Change the option."),
    MessageEntry(
      .sandboxCertificate, .exits(.unreachable),
      "the sandbox cannot speak TLS with this certificate and key: ‹reason›. Use a certificate chain and its unencrypted key, both in PEM, or neither.",
      cause: "Key and certificate do not belong together, or are not PEM.",
      remedy: "Use others."),
    MessageEntry(
      .sandboxPort, .exits(.unreachable),
      "the sandbox cannot listen on 127.0.0.1:‹port›: ‹reason›. Use a free port above 1023, or omit --port to pick a free one.",
      cause: "Another program uses the port, or this user may not.",
      remedy: "Omit --port."),
  ]
}
