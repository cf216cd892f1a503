extension MessageEntry {
  /// Messages about reading from a server.
  static let reading: [MessageEntry] = [
    MessageEntry(
      .unreachable, .exits(.unreachable),
      "‹place› cannot be reached: ‹reason›. Check the address, the network and the proxy.",
      cause: "No connection, or one that was closed before the response was whole.",
      remedy: "Run kfaudit check on this machine; check the address, firewall and proxy."),
    MessageEntry(
      .unknownHost, .exits(.unreachable),
      "‹place› cannot be reached: there is no such host. Check its name and the DNS of this machine.",
      cause: "The name is misspelt, or this machine's DNS does not know it.",
      remedy: "Check the name with getent hosts."),
    MessageEntry(
      .connectTimeout, .exits(.unreachable),
      "‹place› cannot be reached: connect timeout ‹limit›. Check the address, the network and the proxy.",
      cause: "A firewall drops the packets, or the server is down.",
      remedy: "Check the firewall and the proxy."),
    MessageEntry(
      .responseTimeout, .exits(.unreachable),
      "‹place› did not respond in time (‹limit›). Raise KEYFACTOR_CLIENT_TIMEOUT, or lower --page-size.",
      cause: "The server is slow, or a proxy keeps the response.",
      remedy: "Lower --page-size, or raise KEYFACTOR_CLIENT_TIMEOUT."),
    MessageEntry(
      .untrustedCertificate, .exits(.unreachable),
      "no secure connection to ‹place›: the server's certificate is not trusted. If it comes from your own CA, pass the CA with --ca-file.",
      cause: "The certificate is of a private authority, or self-signed, or a proxy replaces it.",
      remedy: "Pass the CA certificate with --ca-file."),
    MessageEntry(
      .certificateOutOfDate, .exits(.unreachable),
      "no secure connection to ‹place›: the server's certificate ‹validity›. Check the clock of this machine and have the certificate renewed; --ca-file cannot help.",
      cause: "The certificate has expired, is not valid yet, or the clock is wrong.",
      remedy: "Check the clock, then have the certificate renewed."),
    MessageEntry(
      .certificateOfOtherHost, .exits(.unreachable),
      "no secure connection to ‹place›: the server's certificate is for another host. Check the host in --server; --ca-file cannot help.",
      cause: "The address is an alias or an IP address that the certificate does not contain.",
      remedy: "Use the name that is in the certificate."),
    MessageEntry(
      .noTLS, .exits(.unreachable),
      "no secure connection to ‹place›: ‹reason›. Check the port in --server; the server needs TLS 1.2 or later.",
      cause: "The port is of another service, or the server is too old.",
      remedy: "Check the port; enable TLS 1.2 on the server."),
    MessageEntry(
      .handshakeFailed, .exits(.unreachable),
      "no secure connection to ‹place›: ‹reason›. Check the address, and whether the server requires a client certificate (--client-cert, --client-key).",
      cause: "The server ended the handshake, or a file that was given does not fit.",
      remedy: "Check --ca-file, --client-cert and --client-key if they are set."),
    MessageEntry(
      .connectionLimit, .exits(.inputOutput),
      "no connection to ‹place› can be made: ‹reason›. Free what others use, or raise the limit of this process.",
      cause: "This machine or process has no more sockets, files or memory.",
      remedy: "Raise the limit, or run at another time."),
    MessageEntry(
      .clientCertificateRequired, .exits(.refused),
      "the server requires a client certificate: ‹place›. Use --client-cert and --client-key.",
      cause: "The server identifies clients by certificates.",
      remedy: "Pass the certificate and its key."),
    MessageEntry(
      .clientCertificateRefused, .exits(.refused),
      "the server refused the client certificate: ‹place›. Check the validity of --client-cert, its chain, and which authorities the server trusts.",
      cause: "The certificate has expired, or the server does not trust its authority.",
      remedy: "Renew the certificate, or include its chain."),
    MessageEntry(
      .proxyRefused, .exits(.refused),
      "the proxy on the way to ‹place› refused the credentials (407). Check the user and password of the proxy.",
      cause: "HTTPS_PROXY has no credentials, or wrong ones.",
      remedy: "Correct HTTPS_PROXY."),
    MessageEntry(
      .brokenHTTP, .exits(.brokenProtocol),
      "‹place› does not speak HTTP correctly: ‹reason›. Check the address, and whether a proxy is in between.",
      cause: "Another service responds, or a proxy changes the response.",
      remedy: "Check the port; try from a host without the proxy."),
    MessageEntry(
      .bodyTooLarge, .exits(.brokenProtocol),
      "‹place› sent a body over ‹limit› MiB. Lower --page-size.",
      cause: "Very long messages, or a server that ignores the page size.",
      remedy: "Lower --page-size."),
    MessageEntry(
      .tokenRefused, .exits(.refused),
      "‹url› gave no access token (status ‹status›)‹reason›. Check KEYFACTOR_AUTH_TOKEN_URL, KEYFACTOR_AUTH_CLIENT_ID and KEYFACTOR_AUTH_CLIENT_SECRET.",
      cause: "The client or its secret is wrong, expired, or not allowed this scope.",
      remedy: "Check the client at the identity provider."),
    MessageEntry(
      .tokenEndpointBroken, .exits(.brokenProtocol),
      "‹url› did not respond as a token endpoint does (status ‹status›)‹reason›. Check KEYFACTOR_AUTH_TOKEN_URL.",
      cause: "The address is of another page, or of a proxy.",
      remedy: "Use the token endpoint that the identity provider documents."),
    MessageEntry(
      .credentialsRefused, .exits(.refused),
      "‹place› returned 401: credentials refused. Check the user with its domain and the password (KEYFACTOR_USERNAME, KEYFACTOR_DOMAIN, KEYFACTOR_PASSWORD), or the access token (KEYFACTOR_AUTH_ACCESS_TOKEN).",
      cause: "Wrong, expired or locked credentials.",
      remedy: "Sign in to the portal with the same account; renew the token."),
    MessageEntry(
      .credentialsRefusedTwice, .exits(.refused),
      "‹place› returned 401: credentials refused twice, the second time with a new token. Check KEYFACTOR_AUTH_AUDIENCE, and that Keyfactor Command knows the client.",
      cause: "The identity provider gives tokens that Keyfactor Command does not accept.",
      remedy: "Register the client as a security claim in Keyfactor Command."),
    MessageEntry(
      .forbidden, .exits(.refused),
      "‹place› returned 403‹reason›. The account needs the permission /workflows/instances/read/.",
      cause: "The security role of the account lacks the permission.",
      remedy: "Add the permission to the role."),
    MessageEntry(
      .unexpectedStatus, .exits(.brokenProtocol),
      "‹place› returned ‹status›‹reason›. Check the address of the API, with its path.",
      cause: "The address or the path is wrong, or a proxy responds.",
      remedy: "Check KEYFACTOR_API_PATH, usually KeyfactorAPI."),
    MessageEntry(
      .queryRejected, .exits(.brokenProtocol),
      "‹place› rejected the query with 400‹reason›. The parameters were ‹parameters›. Check the version of the API.",
      cause: "This version of Keyfactor Command does not know the query.",
      remedy: "Compare the version with the supported ones."),
    MessageEntry(
      .serverBusy, .exits(.unreachable),
      "‹place› returned ‹status›‹wait›. Run again later.",
      cause: "The server or a gateway before it is overloaded or restarting.",
      remedy: "Run again later."),
    MessageEntry(
      .tooManyRequests, .exits(.tryLater),
      "‹place› returned 429, too many requests‹wait›. Run again later.",
      cause: "The server limits how many requests a client may send.",
      remedy: "Run again later, with --concurrency 1."),
    MessageEntry(
      .redirected, .exits(.brokenProtocol),
      "‹place› returned ‹status›: redirect refused, to ‹target›. Credentials never follow a redirect; use the final address.",
      cause: "The address is not that of the API, or a login page is before it.",
      remedy: "Use the address that the redirect leads to, if it is the right one."),
    MessageEntry(
      .unexpectedBody, .exits(.brokenProtocol),
      "‹place› sent ‹found›. Check the address and its path, and whether a proxy is in between.",
      cause: "Another service, a proxy or a login page responds.",
      remedy: "Check the address; try from a host without the proxy."),
    MessageEntry(
      .loginPage, .exits(.refused),
      "‹place› sent ‹found›; probably a login page. Check the access token, the address and its path, and whether a proxy is in between.",
      cause: "The server does not accept the token and shows a page to sign in.",
      remedy: "Renew the token; check that the path is that of the API."),
    MessageEntry(
      .brokenPaging, .exits(.brokenProtocol),
      "‹place›: ‹reason›. Stopped, since records could be missed. Send this message and the output of kfaudit check to your Keyfactor administrator.",
      cause: "The server returns other rows than it was asked for, or counts that do not fit.",
      remedy: "Run kfaudit check; try from a host without the proxy."),
    MessageEntry(
      .brokenIdentity, .exits(.brokenData),
      "‹place›: ‹reason›. Stopped, since every figure counts instances by these ids. Send this message to your Keyfactor administrator.",
      cause: "Two rows claim the same id, or a row lacks it.",
      remedy: "Look the instances up in the portal."),
    MessageEntry(
      .filterIgnored, .exits(.brokenProtocol),
      "‹place›: filter ignored. Neither QueryString nor pq.queryString has an effect: this API version is not supported, or a proxy removes query parameters. Run kfaudit check from a host without the proxy.",
      cause: "A query that must return nothing returned rows.",
      remedy:
        "Run kfaudit check from a host without the proxy; compare the version with the supported ones."
    ),
    MessageEntry(
      .unreachableAfterRetries, .exits(.unreachable),
      "after ‹count› attempts: ‹error›",
      cause: "The server cannot be reached, or does not respond, for longer than the retries last.",
      remedy: "Run the same command again within six hours to resume."),
    MessageEntry(
      .busyAfterRetries, .exits(.tryLater),
      "after ‹count› attempts: ‹error›",
      cause: "The server limits requests for longer than the retries last.",
      remedy: "Run the same command again later, with --concurrency 1."),
    MessageEntry(
      .askedToWait, .exits(.tryLater),
      "the server asks to wait ‹seconds› s, longer than a run waits: ‹error› What was read is kept for six hours; run the same command later.",
      cause: "Retry-After is longer than the limit of a run.",
      remedy: "Run the same command after that time."),
    MessageEntry(
      .deadlinePassed, .exits(.tryLater),
      "the deadline of ‹seconds› s passed while reading ‹place›: ‹progress›. Run the same command within six hours to resume, or raise --deadline.",
      cause: "The server is slow, or the period is large.",
      remedy: "Run the same command to resume."),
    MessageEntry(
      .clocksDiffer, .exits(.configuration),
      "the server's clock is ‹server› and this machine's ‹host›, ‹seconds› s apart, so a period would not mean the same to both. Set the clock that is wrong.",
      cause: "One of the clocks is more than a day wrong.",
      remedy: "Synchronise the clocks (NTP)."),
    MessageEntry(
      .openPeriod, .exits(.usage),
      "the period ends at ‹end›, but ‹clock› is ‹now› and records need ‹minutes› minutes to become final. Choose an end at or before ‹latest›, or pass --allow-open-window.",
      cause: "Instances that start or change after the read would be missing.",
      remedy: "Run later, or choose an earlier end."),
    MessageEntry(
      .tooManyRetries, .exits(.tryLater),
      "too many failed requests, retry budget 20 % exhausted: ‹retries› retries in ‹requests› requests. Last error: ‹error› Nothing was published. Run the same command within six hours to resume; use --concurrency 1 if it repeats.",
      cause: "The connection or the server fails often.",
      remedy: "Run the same command again, with --concurrency 1."),
    MessageEntry(
      .unseenInstance, .exits(.missingInput),
      "--audit ‹id›: ‹place› has no instance with this ID that the account may see. Copy the ID from the column id of instances.csv.",
      cause: "The ID is of another server, or the instance was deleted.",
      remedy: "Use the ID of an instance of a pack of this server."),
    MessageEntry(
      .instanceWithoutTimes, .exits(.brokenData),
      "--audit ‹id›: the instance has no start or last activity that can be read, so no time is known to look at. Choose another instance.",
      cause: "The server sends dates in a form that is not known.",
      remedy: "Choose an instance whose start and last_modified are in instances.csv."),
    MessageEntry(
      .auditLogForbidden, .exits(.refused),
      "‹place› answered 403‹reason›. The account needs the permission /auditing/read/ for --audit; kfaudit run does not need it.",
      cause: "The account lacks /auditing/read/.",
      remedy: "Grant the permission for the time of the check."),
    MessageEntry(
      .unreadableAuditLog, .exits(.brokenProtocol),
      "‹place› sent no list of audit log rows: ‹reason›. Check the version of the API.",
      cause: "The server, or a proxy, sends something else.",
      remedy: "Open the address with the API's own documentation page."),
    MessageEntry(
      .retrying, .continues,
      "waiting ‹seconds› s before attempt ‹attempt›: ‹error›",
      cause: "A request failed in a way that may pass.",
      remedy: "Nothing, unless it repeats; then check the server and the network."),
    MessageEntry(
      .serverPeculiarity, .continues,
      "‹check›: ‹detail›",
      cause: "A test before the read found something unusual, such as a clock that differs.",
      remedy: "Read the detail; kfaudit check shows all tests."),
    MessageEntry(
      .readNotice, .continues,
      "‹notice›: ‹text›",
      cause: "Something about the read that the reader of the report should know.",
      remedy: "kfaudit explain with the name of the notice explains it."),
    MessageEntry(
      .completenessNotProved, .continues,
      "published, but completeness could not be proved: ‹reason› The exit status is 3. See the top of the report, or pass --accept-unproved to exit with 0.",
      cause: "The two reads differ, the server announces no counts, or only one read was made.",
      remedy: #"See the article "My report is not proved"."#),
    MessageEntry(
      .definitionsNotRead, .continues,
      "control design: not every workflow definition was read: ‹reason›",
      cause: "The account lacks /workflows/definitions/read/, or the server stopped responding.",
      remedy: "Grant the permission, or run without --control-design."),
  ]
}
