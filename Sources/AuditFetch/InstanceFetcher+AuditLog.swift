package import AuditModel

extension InstanceFetcher {
  /// Looks in the server's audit log for rows that name an instance, around its start and its last activity.
  ///
  /// Reads only, and only for whoever asks: it takes a permission of its own, and a refusal leaves a trace there.
  ///
  /// - Throws: `AuditLogError`, `FetchError` and `PageError`.
  package func auditLog(
    about id: InstanceID, watch: @escaping @Sendable (FetchEvent) -> Void = { _ in }
  ) async throws -> AuditLogFindings {
    try await converse(watch) { session, _ in
      var dialect = ServerDialect()
      for style in ParameterStyle.allCases {
        dialect.style = style
        let answer = try await session.ask(.init(filter: .id(id), limit: 1), dialect)
        var normaliser = Normaliser(settings: .init(window: nil, asOf: nil, statusMap: [:]))
        let rows = try PageReader.read(answer.page.body, page: answer.page.request)
        let instances = normaliser.normalise(rows).instances
        if instances.isEmpty { break }
        // Another one: these names of parameters have no effect.
        guard let instance = instances.first(where: { $0.id == id }) else { continue }
        return try await AuditLogSearch(exchange: session.exchange, style: style)
          .findings(about: instance)
      }
      throw AuditLogError.noInstance(id, place: session.place)
    }
  }
}
