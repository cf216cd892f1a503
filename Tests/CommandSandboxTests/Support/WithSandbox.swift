import CommandSandbox

/// Runs a test against a sandbox of its own, and stops it.
func withSandbox<Result>(
  _ change: (inout SandboxOptions) -> Void = { _ in },
  _ test: (Sandbox, TestClient) async throws -> Result
) async throws -> Result {
  var options = SandboxOptions()
  options.instances = 300
  options.now = options.to + 20 * 86_400_000
  change(&options)
  let sandbox = try await Sandbox.start(options)
  do {
    let result = try await test(sandbox, TestClient(sandbox))
    try await sandbox.stop()
    return result
  } catch {
    try await sandbox.stop()
    throw error
  }
}
