/** What a role's command tells of its code: the words, and where Python imports from, as folders of the build context. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { codeOfRole } from '../../../../src/watch/reach/role-code.ts'
import { plan } from '../stacks.ts'

function codeOf(config: string, files: Readonly<Record<string, string>>): ReturnType<typeof codeOfRole> {
  const { stack } = plan(config, files)
  const [service] = stack.services
  if (service === undefined) throw new Error('no service')
  return codeOfRole(service, stack)
}

test('the words of the command, and the values of variables without their references', () => {
  const { words } = codeOf('name: a\nframework: python\nserve: { command: "python serve.py --config ${CONFIG:-a.json} b.json", environment: { FILE: conf/c.json, LEVEL: "${LEVEL}" } }\n', { 'serve.py': '' })
  assert.equal(words.slice(0, 1), ['python serve.py --config   b.json'])
  assert.ok(words.includes('conf/c.json'))
})

test('code of the config\'s folder', () => {
  assert.equal(codeOf('name: a\nframework: python\nserve: serve.py\n', { 'serve.py': '' }).importFolders, ['.'])
  assert.equal(codeOf('name: a\nframework: python\nserve: src/serve.py\n', { 'src/serve.py': '' }).importFolders, ['.', 'src'])
})

test('code from elsewhere: a folder of modules, and a package', () => {
  const config = 'name: a\nframework: python\ncode: [., ../libs/features, ../libs/tools]\nserve: serve.py\n'
  const { importFolders } = codeOf(config, { 'serve.py': '', '../libs/features/f.py': '', '../libs/tools/__init__.py': '' })
  assert.equal(importFolders, ['project', 'libs/features', 'libs'])
})

test('a command of one of the projects begins with its module', () => {
  const files = { 'pyproject.toml': '[project]\nname = "a"\nversion = "1"\n[project.scripts]\na-serve = "a.cli:main"\na-other = "a.other:main"\n', 'src/a/__init__.py': '', 'src/a/cli.py': '' }
  const { words, importFolders } = codeOf('name: a\nframework: python\ncode: { workdir: /srv/a }\nserve: { command: "cd /srv/a && a-serve --fast" }\n', files)
  assert.ok(words.includes('a.cli') && !words.includes('a.other'))
  assert.equal(importFolders, ['.', 'src'])
  assert.is(words[0], 'cd /app && a-serve --fast')
})

test.run()
