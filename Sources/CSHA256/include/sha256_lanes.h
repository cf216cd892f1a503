#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// How many messages `sha256_lanes` digests at a time: one in each lane of a vector.
enum { SHA256_LANES = 16 };

/// Whether the processor has the vectors that it needs.
bool sha256_lanes_exist(void);

/// Digests messages by SHA-256, each as if `prefix` stood before it; to be called only where lanes exist.
///
/// Writes 32 bytes for each.
void sha256_lanes(
    uint8_t prefix, const uint8_t *const messages[SHA256_LANES], const size_t lengths[SHA256_LANES],
    uint8_t digests[SHA256_LANES * 32]);
