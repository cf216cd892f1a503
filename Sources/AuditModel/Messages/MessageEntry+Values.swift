extension MessageEntry {
  /// Messages about values of options.
  static let values: [MessageEntry] = [
    MessageEntry(
      .invalidNumber, .exits(.usage),
      "‹option› '‹value›' is not valid. Use ‹range›.",
      cause: "The value is not a number, or not within the limits.",
      remedy: "Use a number within the limits."),
    MessageEntry(
      .invalidDate, .exits(.usage),
      "‹option› '‹value›' is not a valid date. Use ‹forms›.",
      cause: "The text is not a date, or a day that does not exist, or a time without a zone.",
      remedy: "Write the day, or the time with Z or an offset."),
    MessageEntry(
      .invalidTimestamp, .exits(.usage),
      "‹option› '‹value›' is not a timestamp with a time zone. Use 2026-11-01T00:00:00Z or 2026-11-01T00:00:00+02:00.",
      cause: "The text is not a time, or has no time zone.",
      remedy: "Write the time with Z or an offset."),
    MessageEntry(
      .invalidPeriod, .exits(.usage),
      "--period '‹value›' is not a valid period. ‹advice›",
      cause: "The text is neither a day, a month, a quarter, a year nor one of the names.",
      remedy: "Use one of the forms that the message lists."),
    MessageEntry(
      .periodReversed, .exits(.usage),
      "--from ‹from› is not before --to ‹to› (both in UTC). --to is the end of the period, exclusive: choose a later one.",
      cause: "Start and end are swapped or equal; both are shown in UTC.",
      remedy: "Set --to to the first day or time after the period."),
    MessageEntry(
      .periodOutOfRange, .exits(.usage),
      "the period ‹from› to ‹to› is not within the years 1970 to 2099. Choose a shorter one.",
      cause: "Time zones are known for these years only.",
      remedy: "Choose a period within them."),
    MessageEntry(
      .noPeriod, .exits(.usage),
      "no period is set. Use --from and --to, or --period (‹forms›).",
      cause: "A run against a server needs a period.",
      remedy: "Add --period, or --from and --to."),
    MessageEntry(
      .periodIncomplete, .exits(.usage),
      "‹option› is missing: a period needs both --from and --to. Add it, or use --period.",
      cause: "Only one end of the period is set.",
      remedy: "Set both ends, or use --period."),
    MessageEntry(
      .periodInFuture, .exits(.usage),
      "the period ends in the future (‹to›; now ‹now›). Choose an end at least 15 minutes before the server's time, so that records are final, or pass --allow-open-window.",
      cause: "Instances that start or change after the read would be missing.",
      remedy: "Choose a period that has ended."),
    MessageEntry(
      .invalidTimeZone, .exits(.usage),
      "--time-zone '‹name›' is not a time zone. Use an IANA name such as UTC, Europe/Berlin or America/New_York.",
      cause: "The name is not in the time zone database of this machine.",
      remedy: "Use an IANA name; Windows names and abbreviations are not accepted."),
    MessageEntry(
      .unknownFormat, .exits(.usage),
      "--format '‹name›' is not an output format. ‹advice›",
      cause: "The name is misspelt, or of another version.",
      remedy: "See kfaudit help formats."),
    MessageEntry(
      .unknownMetric, .exits(.usage),
      "--metrics '‹name›' is not a metric. ‹advice›",
      cause: "The name is misspelt, or of another version.",
      remedy: "kfaudit explain lists the metrics."),
    MessageEntry(
      .metricNeedsCalendar, .exits(.usage),
      "--metrics: ‹name› needs business hours. Use --config with a file that sets calendar.",
      cause: "Without business hours the metric has no meaning.",
      remedy: "Set calendar in the configuration, or remove the metric."),
    MessageEntry(
      .invalidChoice, .exits(.usage),
      "‹option› '‹value›' is not valid. ‹advice›",
      cause: "The option takes one of a few words.",
      remedy: "Use one of the words that the message lists."),
    MessageEntry(
      .invalidDuration, .exits(.usage),
      "--deadline '‹value›' is not a valid duration. Use 1s to 24h, such as 90s, 30m or 2h.",
      cause: "The text is not a number with a unit, or out of range.",
      remedy: "Use a number and s, m or h."),
    MessageEntry(
      .invalidTimestampURL, .exits(.usage),
      "--timestamp-url '‹value›' is not a valid address. Use https://host[:port][/path] or http://host[:port][/path], without user, password and fragment.",
      cause: "The text is not an address that a request can be sent to.",
      remedy: "Use the address that the authority publishes."),
    MessageEntry(
      .emptySignCommand, .exits(.usage),
      "--sign-command is empty. Set it to a command that reads SHA256SUMS on stdin and prints the signature.",
      cause: "The command is empty, often because a variable of a script is.",
      remedy: "Set the command, or remove the option."),
    MessageEntry(
      .passwordInProxy, .exits(.usage),
      "--proxy: arguments are visible to every user of this machine, so a password does not belong here. Set HTTPS_PROXY instead.",
      cause: "The address of the proxy contains a user.",
      remedy: "Set HTTPS_PROXY, and change the password."),
    MessageEntry(
      .invalidProxyOption, .exits(.usage),
      "--proxy '‹value›' is not an HTTP proxy. Use http://host:port.",
      cause: "Only HTTP proxies are supported, and their address has no path.",
      remedy: "Use http://host:port."),
    MessageEntry(
      .invalidRoot, .exits(.usage),
      "--root '‹value›' is not a Merkle root. Use the 64 hexadecimal digits in the footer of the report.",
      cause: "The value is cut, or something else.",
      remedy: #"Copy "Merkle root" from the report."#),
    MessageEntry(
      .invalidDigest, .exits(.usage),
      "--after '‹value›' is not a SHA-256 digest. Use the 64 hexadecimal digits that sha256sum prints for manifest.json of the removed pack.",
      cause: "The value is cut, or something else.",
      remedy: "Take the digest from the list that retention keeps."),
    MessageEntry(
      .invalidSigner, .exits(.usage),
      "--signer '‹value›' is not a signer. Use a subject such as CN=Audit,O=Example, or the SHA-256 of a certificate or key.",
      cause: "The value is neither a subject as in RFC 4514 nor 64 hexadecimal digits.",
      remedy: "Copy the subject or the digest from an earlier verification."),
    MessageEntry(
      .signerNeedsAnchor, .exits(.usage),
      "--signer '‹value›': anyone can write this subject into a certificate. Add --ca-file, or use the SHA-256 of the certificate or key.",
      cause: "A subject identifies a signer only where an authority vouches for it.",
      remedy: "Add --ca-file, or use the SHA-256."),
    MessageEntry(
      .noSampleSize, .exits(.usage),
      "kfaudit sample needs one of --size, --rate and --rule. Set one of them.",
      cause: "No size is set, or more than one.",
      remedy: "Set one of them."),
    MessageEntry(
      .invalidRate, .exits(.usage),
      "--rate '‹value›' is not a valid share. Use a share such as 0.03 or 3%, in steps of a tenth of a percent.",
      cause: "The text is not a share, or more precise than a tenth of a percent.",
      remedy: "Use a share such as 3%."),
    MessageEntry(
      .unknownStratum, .exits(.usage),
      "--stratify '‹name›' is not a column that makes strata. ‹advice›",
      cause: "Strata are made of columns with few values.",
      remedy: "Use one of the columns that the message lists."),
    MessageEntry(
      .unknownOutcome, .exits(.usage),
      "--include '‹name›' is not a status or outcome. ‹advice›",
      cause: "The name is misspelt.",
      remedy: "Use one of the names that the message lists."),
  ]
}
