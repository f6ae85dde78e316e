/** What the config names has to be there. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { check, textOf, type Files } from './setup.ts'

const CASES: readonly (readonly [config: string, files: Files, problems: readonly string[]])[] = [
  ['train: train.py', { 'train.py': '' }, []],
  ['train: trian.py', { 'train.py': '' }, ['MLS4001 at trian.py']],
  ['train: python train.py --lr 1', {}, ['MLS4001 at train.py']],
  ['train: python3 -u -O train.py', {}, ['MLS4001 at train.py']],
  ['train: [python, train.py]', {}, ['MLS4001 at train.py']],
  ['train: /app/train.py', { 'train.py': '' }, []],
  ['train: /app/train.py', {}, ['MLS4001 at /app/train.py']],
  ['train: /opt/tools/run.py', {}, []],
  ['train: python -m pkg.train', {}, []],
  ['train: torchrun train.py', {}, []],
  ['train: uvicorn serve:app', {}, []],
  ['train: python train.py | tee log', {}, []],
  ['train: train.py', { 'train.py/x': '' }, ['MLS4001 at train.py']],
  ['code: [., ../libs]\ntrain: train.py', { '../libs/train.py': '', 'x': '' }, ['MLS4001 at train.py']],
  ['code: src\ntrain: train.py', { 'src/train.py': '' }, ['MLS4001 at train.py']],
  ['code: src\ntrain: src/train.py', { 'src/train.py': '' }, []],
  ['code: src\ntrain: train.py', { 'train.py': '', 'src/x': '' }, ['MLS4057 at train.py']],
  ['code: {paths: ., workdir: /srv/app}\ntrain: /srv/app/train.py', { 'train.py': '' }, []],
  ['code: {paths: ., workdir: /srv/app}\ntrain: python /srv/app/tain.py', { 'train.py': '' }, ['MLS4001 at /srv/app/tain.py']],
  ['code: nope\ntrain: train.py', {}, ['MLS4006 at nope']],
  ['jobs: {clean: {command: clean.py}}', {}, ['MLS4001 at clean.py']],
  ['datasets: {a: ./data/a.csv}', { 'data/a.csv': '' }, []],
  ['datasets: {a: ./data}', { 'data/a.csv': '' }, []],
  ['datasets: {a: ../shared/a.csv}', {}, ['MLS4002 at ../shared/a.csv']],
  ['datasets: {a: {source: data/a.csv}}', {}, ['MLS4002 at data/a.csv']],
  ['datasets: {a: /mnt/a}', {}, ['MLS4002 at /mnt/a']],
  ['datasets: {a: https://example.org/a.csv, b: "s3://b/a", c: "volume:c", d: ~/a, e: "${DATA}/a", f: /etc, g: /var/run/docker.sock}', {}, []],
  ['secrets: {TOKEN: {file: token.txt}, KEY: {environment: KEY}, HOME_KEY: {file: ~/key}}', {}, ['MLS4007 at token.txt']],
  ['train: {command: pytest, secrets: {TOKEN: {file: token.txt}}}', {}, ['MLS4007 at token.txt']],
  ['secrets: [TOKEN]', {}, []],
  ['train: {command: pytest, volumes: ["./out:/app/out", "../runs:/runs:ro"]}', {}, ['MLS4015 at "./out:/app/out"', 'MLS4015 at "../runs:/runs:ro"']],
  ['train: {command: pytest, volumes: [{type: bind, source: ./out, target: /app/out}]}', {}, []],
  ['train: {command: pytest, volumes: ["./out:/app/out", "runs:/runs", "/scratch:/scratch", "~/cache:/c", "${OUT}:/o", /anonymous]}', { 'out/x': '' }, []],
]
for (const [config, files, problems] of CASES) {
  test(`${config.replaceAll('\n', ', ')} with ${Object.keys(files).join(' ') || 'nothing'}`, () => {
    assert.equal(check(`${config}\n`, { 'mlstack.yaml': '', ...files }).problems, problems)
  })
}

const SUGGESTIONS: readonly (readonly [config: string, files: Files, suggestion: string | undefined])[] = [
  ['train: trian.py', { 'train.py': '' }, 'train.py'],
  ['train: train.py', { 'src/train.py': '' }, 'src/train.py'],
  ['train: src/trian.py', { 'src/train.py': '' }, 'src/train.py'],
  ['train: fit_all.py\nevaluate: fit_al.py', { 'fit_all.py': '' }, 'fit_all.py'],
  ['train: train.py', {}, undefined],
]
for (const [config, files, suggestion] of SUGGESTIONS) {
  test(`${config.replace('\n', ', ')} suggests ${suggestion ?? 'nothing'}`, () => {
    const [found] = check(config, { 'mlstack.yaml': '', ...files }).diagnostics
    assert.ok(found)
    assert.is(found.help, suggestion === undefined ? undefined : `did you mean \`${suggestion}\`?`)
    assert.equal(found.fix?.edits.map(({ span, text }) => [textOf(span), text]), suggestion === undefined ? undefined : [[textOf(found.primary.span), suggestion]])
  })
}

test.run()
