/** Diagnostics of what users write that does not go together, found by experience, MLS2030 to MLS2069. */

export * from './advice-images.ts'
export * from './advice-packages.ts'
export * from './advice-running.ts'
