extension MessageEntry {
  /// Messages about server, credentials and certificates, before anything is asked.
  static let connection: [MessageEntry] = [
    MessageEntry(
      .noServer, .exits(.configuration),
      "no server is set. Use --server https://host, or set KEYFACTOR_HOSTNAME; --pages reads saved responses, and --sandbox uses a test server.‹note›",
      cause: "Neither an option, a variable nor a profile contains the address of a server.",
      remedy: "Set --server or KEYFACTOR_HOSTNAME."),
    MessageEntry(
      .portTwice, .exits(.configuration),
      "‹origin› contains port ‹written›, but ‹port› is set as well. Keep one of them.",
      cause: "The host name has a port, and KEYFACTOR_PORT or the profile has another one.",
      remedy: "Remove one of them."),
    MessageEntry(
      .invalidAPIPath, .exits(.configuration),
      "‹origin›: '‹value›' is not a path. Use a path such as KeyfactorAPI or Keyfactor/API.",
      cause: "The value is an address, has a query, or characters that a path cannot have.",
      remedy: "Use the path alone."),
    MessageEntry(
      .invalidPort, .exits(.configuration),
      "‹origin›: '‹value›' is not a port. Use a number from 1 to 65535.",
      cause: "The value is not a number in this range.",
      remedy: "Use the port of the server, usually 443."),
    MessageEntry(
      .pathInHostname, .exits(.configuration),
      "‹origin›: '‹value›' has a path. Put the path into KEYFACTOR_API_PATH.",
      cause: "KEYFACTOR_HOSTNAME takes a host, with a port if needed.",
      remedy: "Set KEYFACTOR_API_PATH."),
    MessageEntry(
      .invalidAddress, .exits(.configuration),
      "‹origin›: '‹value›' ‹flaw›",
      cause: "The address cannot be used; the message explains which part.",
      remedy: "Use https://host[:port][/path]."),
    MessageEntry(
      .plainHTTP, .exits(.configuration),
      "‹origin›: '‹value›' is plain http, which is allowed to loopback only: credentials could be read on the way. Use https.",
      cause: "Credentials and data would cross the network unencrypted.",
      remedy: "Use https."),
    MessageEntry(
      .noCredentials, .exits(.configuration),
      "no credentials are set. Set KEYFACTOR_USERNAME and KEYFACTOR_PASSWORD, or KEYFACTOR_AUTH_CLIENT_ID, KEYFACTOR_AUTH_CLIENT_SECRET and KEYFACTOR_AUTH_TOKEN_URL, or KEYFACTOR_AUTH_ACCESS_TOKEN, or use a profile file (KEYFACTOR_AUTH_CONFIG_FILE).‹note›",
      cause:
        "Neither the environment nor a profile contains credentials. A variable that is empty counts as not set.",
      remedy: "Set them, in the environment of the job too."),
    MessageEntry(
      .unsupportedCredentials, .exits(.configuration),
      "profile ‹profile› in ‹path› asks for ‹kind›, which is not supported. Use Basic or OAuth credentials.",
      cause: "The profile was written for another tool.",
      remedy: "Make a profile with a user and password, or with an OAuth client."),
    MessageEntry(
      .bothCredentials, .exits(.configuration),
      "‹place› sets both Basic and OAuth credentials (‹names›). Keep one kind.",
      cause: "Which of them counts would be a guess.",
      remedy: "Remove the variables or keys of one kind."),
    MessageEntry(
      .colonInUser, .exits(.configuration),
      "the user name or the domain contains a colon, which Basic authentication cannot carry. Use another account, or OAuth.",
      cause: "Basic authentication separates user and password by a colon.",
      remedy: "Use another account, or OAuth."),
    MessageEntry(
      .credentialMissing, .exits(.configuration),
      "‹variable› (‹key› in a profile) is not set, and the other credentials cannot be used without it. Set it too, or use another kind of credentials.",
      cause: "Only a part of the credentials is set. A variable that is empty counts as not set.",
      remedy: "Set the variable that the message names."),
    MessageEntry(
      .credentialNotText, .exits(.configuration),
      "‹origin› is empty or contains a control character. Set it to one line of text.",
      cause: "The value has a line break or another control character, often the end of a file.",
      remedy: "Remove the line break."),
    MessageEntry(
      .profileFileWithoutServers, .exits(.configuration),
      #"‹path› contains no mapping "servers". Use the form servers: {default: {host: …, username: …}}."#,
      cause: "The file is not a profile file of the official tools.",
      remedy: "Check KEYFACTOR_AUTH_CONFIG_FILE."),
    MessageEntry(
      .unknownProfile, .exits(.configuration),
      "KEYFACTOR_AUTH_CONFIG_PROFILE: ‹path› has no profile '‹name›'. ‹advice›",
      cause: "The name is misspelt, or the profile is in another file.",
      remedy: "Use one of the profiles of the file."),
    MessageEntry(
      .invalidProfile, .exits(.configuration),
      "‹place›: the profile ‹name› is not a mapping of keys to values. Use the form ‹name›: {host: …, username: …}.",
      cause: "The profile is empty or has another form.",
      remedy: "Write the keys of the profile below its name."),
    MessageEntry(
      .invalidTimeout, .exits(.configuration),
      "KEYFACTOR_CLIENT_TIMEOUT: '‹value›' is not valid. Use a whole number of seconds from 1 to 3600.",
      cause: "The value is not a number in this range.",
      remedy: "Use a number of seconds."),
    MessageEntry(
      .skippedVerification, .exits(.configuration),
      "‹origin› asks to skip the verification of the server's certificate, which kfaudit never does. Remove it, and use --ca-file to trust a private authority.",
      cause: "Evidence from a server that is not verified proves nothing.",
      remedy: "Pass the CA certificate with --ca-file."),
    MessageEntry(
      .noCertificateInFile, .exits(.configuration),
      "‹place› contains no certificate in PEM form (-----BEGIN CERTIFICATE-----). Convert it, for example with openssl x509.",
      cause: "The file is in another form, or is another file.",
      remedy: "Convert it to PEM."),
    MessageEntry(
      .encryptedClientKey, .exits(.configuration),
      "‹place› is encrypted, and kfaudit cannot ask for a passphrase. Decrypt it with openssl pkey.",
      cause: "A job at night has nobody to ask.",
      remedy: "Decrypt the key into a file with mode 0600."),
    MessageEntry(
      .noKeyInFile, .exits(.configuration),
      "‹place› contains no private key in PEM form. Convert it, for example with openssl pkey.",
      cause: "The file is in another form, or is another file.",
      remedy: "Convert it to PEM."),
    MessageEntry(
      .invalidProxyVariable, .exits(.configuration),
      "‹variable›: '‹value›' is not an HTTP proxy. Use http://host:port.",
      cause: "Only HTTP proxies are supported, and their address has no path.",
      remedy: "Correct the variable, or set NO_PROXY."),
    MessageEntry(
      .unusableCertificates, .exits(.configuration),
      "the certificates cannot be used: ‹reason›. Nothing was sent. Use PEM files, and an unencrypted key that belongs to the certificate.",
      cause: "A certificate or key is broken, or they do not belong together.",
      remedy: "Check the files of --ca-file, --client-cert and --client-key with openssl."),
    MessageEntry(
      .unsendableToken, .exits(.configuration),
      "the access token contains characters that no header can carry, such as a line break. Check KEYFACTOR_AUTH_ACCESS_TOKEN.",
      cause: "The variable contains more than the token.",
      remedy: "Set the token alone, without a line break."),
    MessageEntry(
      .noAuthorities, .exits(.configuration),
      "no secure connection to ‹place›: this machine has no CA certificates (none in /etc/ssl and /etc/pki) and no CA file is set. Install the package ca-certificates, or use --ca-file with the CA of the server's certificate.",
      cause: "Minimal containers have no certificate authorities.",
      remedy: "Install ca-certificates, or use --ca-file."),
  ]
}
