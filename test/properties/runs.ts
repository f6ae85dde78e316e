/** How many inputs a property is held to. */

/** As many as given in CI; elsewhere, where a person waits, a third, which are others each time. `RUNS` says how many, to look for long. */
export function runs(count: number): { readonly numRuns: number } {
  return { numRuns: Number(process.env['RUNS'] ?? (process.env['CI'] ? count : Math.ceil(count / 3))) }
}
