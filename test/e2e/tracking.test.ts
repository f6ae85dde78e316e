/** Tracking on the real engine: what jobs record is seen from this machine, outlives the stack, and belongs to no root. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { findFreePort, nameProject, testOnEngine, withStack, type Stack } from './engine.ts'
import { fetchArtifact, listRuns, type Run } from './mlflow.ts'

testOnEngine('the runs of a training appear in MLflow with parameters, metrics and artifacts, also on another port, and outlive the stack', () =>
  withStack('test/e2e/tracking', async (ofNobody) => {
    const port = await findFreePort()
    const stack = ofNobody.with({ TRACKING_PORT: String(port) })
    const url = `http://127.0.0.1:${port}`
    await stack.mlstack('compile')
    await up(stack)

    const { train, evaluate } = await runsByName(url, stack.project)
    assert.ok(train)
    assert.equal(train.data.params, [{ key: 'alpha', value: '0.5' }])
    assert.equal(evaluate?.data.metrics?.map(({ key }) => key), ['r2'])
    assert.is(evaluate?.info.status, 'FINISHED')
    const artifact = await fetchArtifact(url, train, 'coefficients.json')
    assert.is(((await artifact.json()) as readonly number[]).length, 11)
    assert.match((await stack.compose('logs', 'train')).output, 'ran as 10001')
    assert.not.match((await stack.compose('logs', 'train')).output, /git/i)

    // A browser of this machine by either name, and nobody who has led it here by another one.
    assert.match(await (await fetch(url)).text(), '<title>MLflow</title>')
    assert.is((await fetch(`http://localhost:${port}`)).status, 200)
    assert.is(await statusFor(stack, 'http://tracking:5000/', 'evil.example.com'), '403')

    assert.is((await stack.compose('exec', '-T', 'tracking', 'id', '-u')).output.trim(), '10001')
    assert.match((await stack.compose('exec', '-T', 'tracking', 'touch', '/opt/x')).output, 'Read-only file system')
    assert.not.match((await stack.compose('logs', 'tracking')).output, 'GET /health')
    await stack.compose('stop', 'tracking')
    assert.is((await stack.compose('ps', '--all', '--format', '{{.ExitCode}}', 'tracking')).output.trim(), '0')
    await stack.compose('down')

    // The server listens elsewhere, and jobs are told where: as that is another environment, they run again.
    stack.replace('mlstack.yaml', 'tracking: mlflow', 'tracking: { port: 5055 }')
    await stack.mlstack('compile')
    await up(stack)
    assert.is((await listRuns(url, stack.project)).length, 4)
  }),
)

testOnEngine('what jobs write for TensorBoard is shown by it, which reads alone, and outlives the stack', () =>
  withStack('test/e2e/tracking', async (ofNobody) => {
    const port = await findFreePort()
    const stack = ofNobody.with({ TRACKING_PORT: String(port) })
    stack.write('mlstack.yaml', 'name: board\nframework: scikit-learn\ntrain: board.py\ntracking: tensorboard\n')
    nameProject(stack)
    await stack.mlstack('compile')
    const scalars = async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/data/plugin/scalars/scalars?run=train&tag=r2`)
      return ((await answer.json()) as readonly unknown[]).length
    }
    await up(stack, 'train')
    await stack.waitFor(async () => (await scalars()) === 20)
    assert.match((await stack.compose('exec', '-T', 'tracking', 'touch', '/tensorboard/x')).output, 'Read-only file system')
    assert.is((await stack.compose('exec', '-T', 'tracking', 'id', '-u')).output.trim(), '10001')
    await stack.compose('stop', 'tracking')
    assert.is((await stack.compose('ps', '--all', '--format', '{{.ExitCode}}', 'tracking')).output.trim(), '0')
    await stack.compose('down')
    await stack.compose('up', '-d', 'tracking')
    await stack.waitFor(async () => (await scalars()) === 20)
  }),
)

/** Until the last job has ended. */
async function up(stack: Stack, last = 'evaluate'): Promise<void> {
  const { exitCode, output } = await stack.compose('up', '-d', '--build')
  assert.is(exitCode, 0, output)
  await stack.waitFor(async () => (await stack.compose('ps', '--all', '--format', '{{.State}} {{.ExitCode}}', last)).output.trim() === 'exited 0')
}

async function runsByName(url: string, experiment: string): Promise<Readonly<Record<string, Run>>> {
  return Object.fromEntries((await listRuns(url, experiment)).map((run) => [run.info.run_name, run]))
}

/** What the server answers to a request under a name of ours. */
async function statusFor({ compose }: Stack, url: string, host: string): Promise<string> {
  const code = `import http.client, urllib.parse as p; u = p.urlsplit("${url}"); c = http.client.HTTPConnection(u.netloc); c.request("GET", u.path, headers={"Host": "${host}"}); print(c.getresponse().status)`
  return (await compose('exec', '-T', 'tracking', 'python', '-c', code)).output.trim()
}

test.run()
