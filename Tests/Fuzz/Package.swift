// swift-tools-version: 6.2

import PackageDescription

let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

// A package of its own, so that its build with a sanitizer takes in only what reads foreign bytes, and nothing of the
// network. All but Targets/ are links to what the kfaudit package builds.
let package = Package(
  name: "Fuzz",
  dependencies: [
    .package(url: "https://github.com/apple/swift-asn1.git", exact: "1.7.4"),
    .package(url: "https://github.com/apple/swift-certificates.git", exact: "1.21.1"),
    .package(url: "https://github.com/apple/swift-crypto.git", exact: "4.5.2"),
  ],
  targets: [
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "AuditEvidence", "AuditFetch", "AuditModel", "AuditRender", "AuditRenderTests",
      ],
      path: "Targets",
      swiftSettings: house + [.unsafeFlags(["-parse-as-library"])]),
    .target(
      name: "AuditFetch", dependencies: ["AuditModel"], path: "AuditFetch", swiftSettings: house),
    .target(
      name: "AuditRenderTests", dependencies: ["AuditModel"], path: "AuditRenderTests",
      swiftSettings: house),

    .target(
      name: "AuditRender", dependencies: ["AuditModel", "SafeXLSX", "SafeXML", crypto],
      path: "Sources/AuditRender", swiftSettings: house),
    .target(
      name: "AuditEvidence",
      dependencies: [
        "AuditModel", crypto,
        .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "X509", package: "swift-certificates"),
      ],
      path: "Sources/AuditEvidence", swiftSettings: house),
    .target(name: "AuditModel", path: "Sources/AuditModel", swiftSettings: house),
    .target(
      name: "SafeXML", dependencies: ["CLibXML2"], path: "Sources/SafeXML", swiftSettings: house),
    .target(
      name: "SafeXLSX", dependencies: ["CXLSXWriter"], path: "Sources/SafeXLSX",
      swiftSettings: house),
    .systemLibrary(name: "CLibXML2", path: "Sources/CLibXML2", pkgConfig: "libxml-2.0"),
    .systemLibrary(name: "CXLSXWriter", path: "Sources/CXLSXWriter", pkgConfig: "xlsxwriter"),
  ]
)
