/* SPDX-License-Identifier: MIT */
/* A hash of bytes that is the same on every machine and in every version: 64-bit FNV-1a
 * with MurmurHash3's finaliser behind it, since the low bits of FNV-1a alone are poor. It
 * is part of the interface (--shard). */
#ifndef TOOLS_RESOLVE_HASH_H
#define TOOLS_RESOLVE_HASH_H

#include <stddef.h>
#include <stdint.h>

uint64_t hash_bytes(const char *bytes, size_t length);
/* Spreads a number over all 64 bits; 0 stays 0. */
uint64_t hash_finish(uint64_t);

#endif
