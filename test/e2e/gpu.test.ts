/** A stack with `gpu: auto` starts on a machine without GPUs, and its overlay asks the engine for one. */
import { execa } from 'execa'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { testOnEngine, withStack, type Stack } from './engine.ts'

interface Inspected {
  readonly HostConfig: {
    readonly DeviceRequests: readonly { readonly Driver: string; readonly Count: number; readonly DeviceIDs: readonly string[] | null; readonly Capabilities: readonly (readonly string[])[] }[] | null
    readonly Devices: readonly { readonly PathOnHost: string }[] | null
    readonly GroupAdd: readonly string[] | null
  }
}

const OVERLAY = ['-f', 'compose.yaml', '-f', 'compose.gpu.yaml'] as const

function useConfig(stack: Stack, gpu: string): void {
  stack.write('mlstack.yaml', `name: ${stack.project}\nframework: python\n${gpu}\ntrain: { command: look.py, environment: { MODULES: "json" } }\n`)
}

/** The container of `train` as the engine has made it, which no GPU is needed for. */
async function inspectTrain(stack: Stack, files: readonly string[]): Promise<Inspected['HostConfig']> {
  const created = await stack.compose(...files, 'create', '--build', 'train')
  assert.is(created.exitCode, 0, created.output)
  const id = (await stack.compose(...files, 'ps', '--all', '--quiet', 'train')).output.trim()
  const [inspected] = JSON.parse((await execa('docker', ['inspect', id])).stdout) as readonly Inspected[]
  assert.ok(inspected)
  return inspected.HostConfig
}

testOnEngine('gpu: auto runs without a GPU, and asks for one with its overlay', () =>
  withStack('test/e2e/frameworks', async (stack) => {
    useConfig(stack, 'gpu: { count: auto, capabilities: [utility] }')
    await stack.mlstack('compile')
    for (const files of [[], OVERLAY]) assert.is((await stack.compose(...files, 'config', '-q')).output, '')
    const up = await stack.compose('up', '--build', '--exit-code-from', 'train', 'train')
    assert.is(up.exitCode, 0, up.output)
    assert.is((await inspectTrain(stack, [])).DeviceRequests, null)
    const [request] = (await inspectTrain(stack, OVERLAY)).DeviceRequests ?? []
    assert.equal([request?.Driver, request?.Count, request?.Capabilities], ['nvidia', 1, [['gpu', 'utility']]])
  }),
)

testOnEngine("AMD's devices and groups reach the container, and the shell's numbers win", () =>
  withStack('test/e2e/frameworks', async (stack) => {
    useConfig(stack, 'gpu: { vendor: amd, count: 2 }')
    await stack.mlstack('compile')
    stack.write('.env', 'MLSTACK_RENDER_GID=993\n')
    const { Devices, GroupAdd } = await inspectTrain(stack, [])
    assert.equal(Devices?.map(({ PathOnHost }) => PathOnHost), ['/dev/kfd', '/dev/dri'])
    assert.equal(GroupAdd, ['44', '993'])
  }),
)

test.run()
