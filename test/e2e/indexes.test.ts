/** An index that alone has certain packages, and asks for a login: what a stranger offers under the same name is not installed, and the login stays nowhere. */
import { execa } from 'execa'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { testOnEngine, withStack } from './engine.ts'
import { withPackageIndex } from './package-index.ts'

for (const installer of ['pip', 'uv'] as const) {
  testOnEngine(`${installer} takes packages from their own index alone, with a login that is in no layer`, () =>
    withPackageIndex(({ publicUrl, privateUrl, login, refused }) =>
      withStack('test/e2e/indexed', async (withoutIndex) => {
        const stack = withoutIndex.with({ PIP_EXTRA_INDEX_URL: publicUrl })
        stack.replace('mlstack.yaml', 'url: INDEX', `url: ${privateUrl}`)
        stack.replace('mlstack.yaml', 'installer: pip', `installer: ${installer}`)
        await stack.mlstack('compile')

        const without = await stack.compose('build')
        assert.is.not(without.exitCode, 0)
        assert.match(without.output, /the secret ACME_LOGIN is empty|secret ACME_LOGIN: not found|"ACME_LOGIN"/)

        const built = await stack.with({ ACME_LOGIN: login }).compose('build', '--progress', 'plain')
        assert.is(built.exitCode, 0, built.output)
        const run = await stack.compose('run', '--rm', 'train')
        assert.is(run.exitCode, 0, run.output)
        assert.equal(JSON.parse(/^found (.*)$/m.exec(run.output)?.[1] ?? ''), { acme_core: 'private', acme_models: 'private', mlstack_helper: 'public' })

        const { stdout: history } = await execa('docker', ['history', '--no-trunc', `${stack.project}-train`])
        const { stdout: files } = await execa('docker', ['run', '--rm', '--entrypoint', 'sh', `${stack.project}-train`, '-c', 'grep -rl "se#cret" /root /etc /opt /tmp /run /srv /app 2>/dev/null || true'])
        for (const text of [built.output, history]) assert.not.match(text, login.split(':')[1] ?? '')
        assert.is(files, '')
        // Both ask without a login first, and then with it; a stranger's packages were never asked for.
        assert.ok(refused.every((url) => /^\/private\/(?:simple|files)\/acme[-_]/.test(url)), refused.join())
      }),
    ),
  )
}

test.run()
