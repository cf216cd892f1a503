// SHA-256 (FIPS 180-4, section 6.2) over several messages at a time, one in each 32-bit lane of AVX-512: the instructions
// that processors have for one message wait for each other, which these do not.

#include "sha256_lanes.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <string.h>

enum { BLOCK = 64 };

typedef uint32_t Lanes __attribute__((vector_size(64)));

#define WIDE __attribute__((target("avx512f,avx512bw")))
#define INLINE WIDE __attribute__((always_inline)) static inline

static const uint32_t start[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/// What a message is digested as: whole blocks of its own bytes between one that begins with the prefix and one or two
/// that end with the padding.
typedef struct {
  const uint8_t *bytes;
  size_t whole, blocks;
  uint8_t first[BLOCK], last[2 * BLOCK];
} Message;

static void begin(Message *message, uint8_t prefix, const uint8_t *bytes, size_t length) {
  size_t total = length + 1, rest = total % BLOCK;
  message->bytes = bytes;
  message->whole = total / BLOCK;
  message->blocks = message->whole + (rest + 9 > BLOCK ? 2 : 1);
  memset(message->last, 0, sizeof message->last);
  if (message->whole) {
    message->first[0] = prefix;
    memcpy(message->first + 1, bytes, BLOCK - 1);
    memcpy(message->last, bytes + length - rest, rest);
  } else {
    message->last[0] = prefix;
    if (length) memcpy(message->last + 1, bytes, length);
  }
  message->last[rest] = 0x80;
  uint64_t bits = __builtin_bswap64((uint64_t)total * 8);
  memcpy(message->last + (message->blocks - message->whole) * BLOCK - 8, &bits, 8);
}

static const uint8_t *block(const Message *message, size_t index) {
  if (index >= message->whole) return message->last + (index - message->whole) * BLOCK;
  return index ? message->bytes + index * BLOCK - 1 : message->first;
}

/// Turns rows into columns: word i of every block comes into vector i, its bytes in the order of the processor.
INLINE void transpose(Lanes words[16]) {
  const __m512i turned =
      _mm512_broadcast_i32x4(_mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3));
  __m512i a[16], b[16];
  for (int i = 0; i < 16; i++) a[i] = _mm512_shuffle_epi8((__m512i)words[i], turned);
  for (int i = 0; i < 16; i += 2) {
    b[i] = _mm512_unpacklo_epi32(a[i], a[i + 1]);
    b[i + 1] = _mm512_unpackhi_epi32(a[i], a[i + 1]);
  }
  for (int i = 0; i < 16; i += 4) {
    a[i] = _mm512_unpacklo_epi64(b[i], b[i + 2]);
    a[i + 1] = _mm512_unpackhi_epi64(b[i], b[i + 2]);
    a[i + 2] = _mm512_unpacklo_epi64(b[i + 1], b[i + 3]);
    a[i + 3] = _mm512_unpackhi_epi64(b[i + 1], b[i + 3]);
  }
  for (int i = 0; i < 4; i++) {
    __m512i even = _mm512_shuffle_i32x4(a[i], a[i + 4], 0x88);
    __m512i odd = _mm512_shuffle_i32x4(a[i], a[i + 4], 0xdd);
    __m512i evenBehind = _mm512_shuffle_i32x4(a[i + 8], a[i + 12], 0x88);
    __m512i oddBehind = _mm512_shuffle_i32x4(a[i + 8], a[i + 12], 0xdd);
    words[i] = (Lanes)_mm512_shuffle_i32x4(even, evenBehind, 0x88);
    words[i + 4] = (Lanes)_mm512_shuffle_i32x4(odd, oddBehind, 0x88);
    words[i + 8] = (Lanes)_mm512_shuffle_i32x4(even, evenBehind, 0xdd);
    words[i + 12] = (Lanes)_mm512_shuffle_i32x4(odd, oddBehind, 0xdd);
  }
}

INLINE Lanes rotated(Lanes x, int bits) { return x >> bits | x << (32 - bits); }

/// Takes one block of each message into the states of those that are not yet at their end.
WIDE static void compress(Lanes state[8], const uint8_t *const blocks[16], __mmask16 unfinished) {
  Lanes w[16];
  for (int i = 0; i < 16; i++) w[i] = (Lanes)_mm512_loadu_si512(blocks[i]);
  transpose(w);
  Lanes a = state[0], b = state[1], c = state[2], d = state[3];
  Lanes e = state[4], f = state[5], g = state[6], h = state[7];
#pragma clang loop unroll(full)
  for (int i = 0; i < 64; i++) {
    if (i >= 16) {
      Lanes x = w[(i + 1) % 16], y = w[(i + 14) % 16];
      w[i % 16] += (rotated(x, 7) ^ rotated(x, 18) ^ x >> 3) + w[(i + 9) % 16] +
                   (rotated(y, 17) ^ rotated(y, 19) ^ y >> 10);
    }
    Lanes t1 = h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + ((e & f) ^ (~e & g)) +
               constants[i] + w[i % 16];
    Lanes t2 = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
  }
  Lanes added[8] = {a, b, c, d, e, f, g, h};
  for (int i = 0; i < 8; i++) {
    __m512i old = (__m512i)state[i];
    state[i] = (Lanes)_mm512_mask_add_epi32(old, unfinished, old, (__m512i)added[i]);
  }
}

bool sha256_lanes_exist(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw");
}

WIDE void sha256_lanes(
    uint8_t prefix, const uint8_t *const messages[SHA256_LANES], const size_t lengths[SHA256_LANES],
    uint8_t digests[SHA256_LANES * 32]) {
  Message all[SHA256_LANES];
  size_t most = 0;
  for (int lane = 0; lane < SHA256_LANES; lane++) {
    begin(&all[lane], prefix, messages[lane], lengths[lane]);
    if (all[lane].blocks > most) most = all[lane].blocks;
  }
  Lanes state[8];
  for (int i = 0; i < 8; i++) state[i] = (Lanes)_mm512_set1_epi32((int)start[i]);
  for (size_t index = 0; index < most; index++) {
    const uint8_t *blocks[SHA256_LANES];
    __mmask16 unfinished = 0;
    for (int lane = 0; lane < SHA256_LANES; lane++) {
      bool ended = index >= all[lane].blocks;
      blocks[lane] = ended ? all[lane].last : block(&all[lane], index);
      if (!ended) unfinished |= (__mmask16)(1 << lane);
    }
    compress(state, blocks, unfinished);
  }
  for (int lane = 0; lane < SHA256_LANES; lane++) {
    for (int i = 0; i < 8; i++) {
      uint32_t word = __builtin_bswap32(state[i][lane]);
      memcpy(digests + lane * 32 + i * 4, &word, 4);
    }
  }
}

#else

bool sha256_lanes_exist(void) { return false; }

void sha256_lanes(
    uint8_t prefix, const uint8_t *const messages[SHA256_LANES], const size_t lengths[SHA256_LANES],
    uint8_t digests[SHA256_LANES * 32]) {
  __builtin_trap();
}

#endif
