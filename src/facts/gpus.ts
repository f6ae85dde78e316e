/** Temporary: replaced by the table of GPUs. */
export interface GpuFacts { readonly vendor: 'nvidia' | 'amd' | 'apple'; readonly name: string | undefined; readonly capability: string | undefined; readonly memory: readonly number[] }
export const GPU_NAMES: readonly string[] = ['RTX 5090', 'T4']
export function findGpu(text: string): GpuFacts | undefined {
  if (/^M\d/.test(text)) return { vendor: 'apple', name: text, capability: undefined, memory: [] }
  if (/5090/.test(text)) return { vendor: 'nvidia', name: 'RTX 5090', capability: '12.0', memory: [32] }
  if (/T4/.test(text)) return { vendor: 'nvidia', name: 'T4', capability: '7.5', memory: [16] }
  if (/gfx/.test(text)) return { vendor: 'amd', name: undefined, capability: text, memory: [] }
  const [version] = /^\d+\.\d$/.exec(text) ?? []
  return version === undefined ? undefined : { vendor: 'nvidia', name: undefined, capability: version, memory: [] }
}
