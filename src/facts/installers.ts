/** What installs packages. */

/** Builds fetch this version of uv for themselves, so that the same config is built by the same uv. Looked up on 2026-11-28: https://github.com/astral-sh/uv/releases */
export const UV_VERSION = '0.13.9'
