// swift-tools-version: 6.2

import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")

let package = Package(
  name: "kfaudit",
  products: [
    .executable(name: "kfaudit", targets: ["kfaudit"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1.git", exact: "1.7.4"),
    .package(url: "https://github.com/apple/swift-certificates.git", exact: "1.21.1"),
    .package(url: "https://github.com/apple/swift-crypto.git", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras.git", exact: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl.git", exact: "2.37.6"),
    .package(url: "https://github.com/jpsim/Yams.git", exact: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client.git", exact: "1.37.0"),
  ],
  targets: [
    // The command line: arguments, console, signals, exit status.
    .executableTarget(
      name: "kfaudit",
      dependencies: [
        "AuditModel",
        "AuditFetch",
        "AuditFiles",
        "AuditPlan",
        "AuditReport",
        "AuditPacks",
        "AuditRun",
        "CAllocator",
        "CBuildCommit",
        "CProcess",
        "CommandSandbox",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    // The commit for --version, which Examples/install.sh names. It is a constant in C, so that another commit
    // costs one small file and linking, and in the environment, because the package manager keeps what
    // `Context.gitInformation` once was.
    .target(
      name: "CBuildCommit",
      cSettings: [
        .define("BUILD_COMMIT", to: "\"\(Context.environment["KFAUDIT_COMMIT"] ?? "")\"")
      ]),
    // How the C library gives memory out, which its own module leaves out.
    .systemLibrary(name: "CAllocator"),
    // Calls of the system that Glibc's own module leaves out, or that Swift cannot make.
    .systemLibrary(name: "CProcess"),

    // The jobs: run and check.
    .target(
      name: "AuditRun",
      dependencies: [
        "AuditModel", "AuditFetch", "AuditReduce", "AuditRender", "AuditEvidence", "AuditFiles",
        "AuditPlan", "AuditReport", "AuditPacks", "AuditTransport", "SafeGzip", "SafeXLSX",
      ],
      swiftSettings: strict),

    // A published pack: verify, render, diff, merge, sample, proof; an archive of them: history.
    .target(
      name: "AuditPacks",
      dependencies: [
        "AuditModel", "AuditReduce", "AuditRender", "AuditEvidence", "AuditFiles", "AuditPlan",
        "AuditReport",
      ],
      swiftSettings: strict),

    // Pages to rows, figures, documents and files; the policy's judgement of figures.
    .target(
      name: "AuditReport",
      dependencies: [
        "AuditModel", "AuditFetch", "AuditReduce", "AuditRender", "AuditEvidence", "AuditFiles",
        "AuditPlan", "AuditTemplates", "SafeXLSX",
      ],
      swiftSettings: strict),

    // Settings, policy, sources: what will be done.
    .target(
      name: "AuditPlan",
      dependencies: [
        "AuditModel", "AuditFetch", "AuditReduce", "AuditEvidence",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: strict),

    // The only writer of files.
    .target(
      name: "AuditFiles",
      dependencies: ["AuditModel", "AuditEvidence", "CProcess", "SafeGzip", "SafeZip"],
      swiftSettings: strict),

    // The modules. None imports a sibling.
    .target(name: "AuditFetch", dependencies: ["AuditModel"], swiftSettings: strict),
    .target(
      name: "AuditReduce",
      dependencies: ["AuditModel", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict),
    .target(
      name: "AuditRender",
      dependencies: [
        "AuditModel", "SafeXLSX", "SafeXML",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict),
    .target(
      name: "AuditEvidence",
      dependencies: [
        "AuditModel", "SafeSHA256",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "X509", package: "swift-certificates"),
      ],
      swiftSettings: strict),

    // The only code that touches the network.
    .target(
      name: "AuditTransport",
      dependencies: [
        "AuditFetch", "AuditModel", "SafeGzip", nioCore, nioHTTP1, nioPosix, nioSSL,
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
      ],
      swiftSettings: strict),

    // The built-in page, compiled in from Templates/.
    .target(
      name: "AuditTemplates", swiftSettings: strict, plugins: ["EmbedTemplates"]),
    .executableTarget(
      name: "embed-templates", path: "Sources/Plugins/embed-templates", swiftSettings: strict),
    .plugin(
      name: "EmbedTemplates", capability: .buildTool(), dependencies: ["embed-templates"],
      path: "Sources/Plugins/EmbedTemplates"),

    // The core: values, no I/O.
    .target(name: "AuditModel", swiftSettings: strict),

    // The only code that touches C.
    .target(name: "SafeXML", dependencies: ["CLibXML2"], swiftSettings: strict),
    .target(name: "SafeGzip", dependencies: ["CDeflate"], swiftSettings: strict),
    .target(name: "SafeXLSX", dependencies: ["CXLSXWriter"], swiftSettings: strict),
    .target(name: "SafeZip", dependencies: ["CZip"], swiftSettings: strict),
    .target(name: "SafeSHA256", dependencies: ["CSHA256"], swiftSettings: strict),
    // SHA-256 in the lanes of vectors, which Swift has no instructions for.
    .target(name: "CSHA256"),
    .systemLibrary(
      name: "CXLSXWriter", pkgConfig: "xlsxwriter",
      providers: [.apt(["libxlsxwriter-dev"]), .brew(["libxlsxwriter"])]),
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
    .systemLibrary(
      name: "CDeflate", pkgConfig: "libdeflate",
      providers: [.apt(["libdeflate-dev"]), .brew(["libdeflate"])]),
    .systemLibrary(
      name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"]), .brew(["libzip"])]),

    // The stand-in server; only kfaudit and the tests see it.
    .target(
      name: "CommandSandbox",
      dependencies: [
        nioCore, nioHTTP1, nioPosix, nioSSL,
        .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
      ],
      swiftSettings: strict),

    // What several test targets use: seeded numbers, and a server without a network.
    .target(
      name: "TestSupport", dependencies: ["AuditFetch", "AuditModel", "AuditReduce", "SafeZip"],
      path: "Tests/TestSupport",
      swiftSettings: strict),
    // A server on a real socket, which may break the rules.
    .target(
      name: "TestServer", dependencies: [nioCore, nioPosix, nioSSL], path: "Tests/TestServer",
      swiftSettings: strict),

    .testTarget(name: "ArchitectureTests", swiftSettings: strict),
    .testTarget(
      name: "AuditEvidenceTests",
      dependencies: ["AuditEvidence", "AuditModel", "AuditReduce", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "AuditFetchTests", dependencies: ["AuditFetch", "AuditModel", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "AuditModelTests", dependencies: ["AuditModel", "TestSupport"],
      exclude: ["Messages/codes.txt"], swiftSettings: strict),
    .testTarget(
      name: "AuditReduceTests", dependencies: ["AuditModel", "AuditReduce", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "AuditRenderTests",
      dependencies: ["AuditModel", "AuditRender", "AuditTemplates", "TestSupport"],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
      name: "AuditRunTests",
      dependencies: [
        "AuditEvidence", "AuditFetch", "AuditFiles", "AuditModel", "AuditPacks", "AuditPlan",
        "AuditReduce", "AuditRender", "AuditReport", "AuditRun", "AuditTransport",
        "CommandSandbox", "SafeGzip", "TestServer", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "AuditTransportTests",
      dependencies: [
        "AuditFetch", "AuditModel", "AuditTransport", "CommandSandbox", "SafeGzip", "TestServer",
        "TestSupport", nioCore, nioHTTP1, nioSSL,
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CommandSandboxTests",
      dependencies: [
        "CommandSandbox", "TestSupport", nioCore, nioHTTP1, nioPosix, nioSSL,
        .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
      ],
      swiftSettings: strict),
    .testTarget(name: "SafeGzipTests", dependencies: ["SafeGzip"], swiftSettings: strict),
    .testTarget(
      name: "SafeXLSXTests", dependencies: ["SafeXLSX", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "SafeXMLTests", dependencies: ["SafeXML", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "SafeSHA256Tests",
      dependencies: [
        "SafeSHA256", "TestSupport", .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "SafeZipTests", dependencies: ["SafeZip", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "kfauditTests",
      dependencies: [
        "AuditEvidence", "AuditFetch", "AuditFiles", "AuditModel", "AuditPacks", "AuditPlan",
        "AuditReduce", "AuditRender", "AuditReport", "AuditRun", "CommandSandbox", "SafeXLSX",
        "TestSupport", "kfaudit",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
  ]
)

// What Tests/Fuzz/run.sh builds, with a sanitizer that brings its own entry point: no plain build can link it, and no
// tool of the package can be built with it.
if Context.environment["KFAUDIT_FUZZ"] != nil {
  let fuzzed: Set<String> = [
    "AuditEvidence", "AuditFetch", "AuditModel", "AuditReduce", "AuditRender", "CLibXML2",
    "CSHA256", "CXLSXWriter", "CZip", "SafeSHA256", "SafeXLSX", "SafeXML", "SafeZip", "TestSupport",
  ]
  package.products = []
  package.targets.removeAll { !fuzzed.contains($0.name) }
  package.targets.append(
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "AuditEvidence", "AuditFetch", "AuditModel", "AuditRender", "SafeZip", "TestSupport",
      ],
      path: "Tests/Fuzz", exclude: ["Corpus", "run.sh"],
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
}

// What Tests/Sanitizers/run.sh builds, by the sanitizer's name: ours with the sanitizer, the libraries of others without,
// so that they are built once for all sanitizers.
if let sanitizer = Context.environment["KFAUDIT_SANITIZER"] {
  package.products = []
  switch sanitizer {
  case "address":
    // The tests of what touches memory.
    let watched = [
      "AuditModel", "AuditReduce", "SafeGzip", "SafeSHA256", "SafeXLSX", "SafeXML", "SafeZip",
    ]
    let needed = [
      "AuditFetch", "CDeflate", "CLibXML2", "CSHA256", "CXLSXWriter", "CZip", "TestSupport",
    ]
    let kept = watched + watched.map { "\($0)Tests" } + needed
    package.targets.removeAll { !kept.contains($0.name) }
  case "thread":
    // The tests of what several threads share, without a network: its libraries synchronise in ways that the sanitizer
    // sees only in code that is built with it.
    let watched = ["AuditFetchTests", "AuditRunTests"]
    let network = ["AuditTransport", "CommandSandbox", "TestServer"]
    package.targets.removeAll {
      ["kfaudit", "CBuildCommit"].contains($0.name) || network.contains($0.name)
        || $0.type == .test && !watched.contains($0.name)
    }
    for target in package.targets where target.name == "AuditRunTests" {
      target.dependencies.removeAll {
        if case .byNameItem(let name, _) = $0 { network.dropFirst().contains(name) } else { false }
      }
      target.sources = [
        "Archive/PackBuilderTests.swift", "Archive/ReadFolderTests.swift",
        "Faults/InterruptedReadTests.swift", "Faults/QuirkJob.swift", "Merging/MergeCase.swift",
        "Merging/MergeTests.swift", "Pipeline/EarlyPassTests.swift", "Pipeline/MainJob.swift",
        "Pipeline/OrderedWorkTests.swift", "TemporaryFolder.swift", "Verifying/PackCase.swift",
        "Verifying/SoundPackTests.swift", "Verifying/TestKeys+Packs.swift",
      ]
    }
    package.targets.append(
      .target(
        name: "AuditTransport", dependencies: ["AuditFetch", "AuditModel"],
        path: "Tests/Sanitizers/NoNetwork", swiftSettings: strict))
    // The library's Mutex waits in code that is built without the sanitizer, to which whatever it guards then looks like a
    // race: VisibleMutex is in its place.
    for target in package.targets where [.regular, .test].contains(target.type) {
      guard target.swiftSettings != nil else { continue }
      target.dependencies.append("VisibleMutex")
      target.swiftSettings? += [
        .unsafeFlags(["-module-alias", "Synchronization=VisibleMutex"])
      ]
    }
    package.targets.append(
      .target(name: "VisibleMutex", path: "Tests/Sanitizers/VisibleMutex", swiftSettings: strict))
  default: break
  }
  for target in package.targets where [.regular, .test].contains(target.type) {
    if target.swiftSettings != nil {
      target.swiftSettings? += [.unsafeFlags(["-sanitize=\(sanitizer)"])]
    } else {
      target.cSettings = [.unsafeFlags(["-fsanitize=\(sanitizer)"])]
    }
    if target.type == .test {
      target.linkerSettings = [.unsafeFlags(["-sanitize=\(sanitizer)"])]
    }
  }
}
