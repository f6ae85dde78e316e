/** Commands: when a string is split and when bash runs it, quotes, and the `python` before a Python file. */
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parseCommand } from '../../../src/config/command.ts'
import { textForCompose } from '../../../src/config/template.ts'
import { readWith } from './yaml.ts'

/** Words as a list and a script as a text, both as Compose would read them; problems where there are any. */
function read(value: string): readonly string[] | string | { problems: readonly string[] } | undefined {
  const { result, problems } = readWith(value, parseCommand)
  if (problems.length > 0) return { problems }
  return result?.kind === 'words' ? result.words.map((word) => textForCompose(word.value)) : result && textForCompose(result.script.value)
}

const readText = (text: string) => read(JSON.stringify(text))

test('a plain string is split into words', () => {
  const cases: [string, string[]][] = [
    ['pytest -q', ['pytest', '-q']],
    ['  python\t train.py  ', ['python', 'train.py']],
    [`echo "a b" 'c d' e`, ['echo', 'a b', 'c d', 'e']],
    [`run --name="a b"'c'd ""`, ['run', '--name=a bcd', '']],
    [`echo "it's" '"x"'`, ['echo', "it's", '"x"']],
    [`echo "a|b & ; < > ( ) * ? ~ #" '|&;<>()*?~#'`, ['echo', 'a|b & ; < > ( ) * ? ~ #', '|&;<>()*?~#']],
    [`awk '{print $1}' 'a\\b' 'a\`b'`, ['awk', '{print $$1}', 'a\\b', 'a`b']],
    [`awk '{print $$1}'`, ['awk', '{print $$1}']],
    ['python -m x a=b [1] {2} !', ['python', '-m', 'x', 'a=b', '[1]', '{2}', '!']],
    ['echo a\u00a0b', ['echo', 'a\u00a0b']],
  ]
  for (const [text, words] of cases) assert.equal(readText(text), words, text)
})

test('a string that needs a shell is one for a shell', () => {
  const scripts = ['a | b', 'a & b', 'a; b', 'a < b', 'a > b', '(a', 'a)', 'a $5', 'a \\', 'ls *', 'ls a?', 'ls ~', 'a # b', 'a `b`', 'a\nb', 'A=1 b', ' A_1=b c', 'A+=1 b']
  const quoted = ['a "$5"', 'a "\\n"', 'a "`b`"', `a 'b' |c`, `a "b
c"`]
  for (const text of [...scripts, ...quoted]) assert.is(readText(text), text.replaceAll('$', '$$$$'), text)
})

test('references go to the shell, also from within single quotes', () => {
  assert.is(readText('echo $HOME ${A:-b}'), 'echo $HOME ${A:-b}')
  assert.is(readText(`bash -c 'echo $HOME'`), `bash -c 'echo $HOME'`)
  assert.is(readText('echo $$HOME'), 'echo $$HOME')
  assert.is(readText('echo $(date)'), 'echo $$(date)')
})

test('a block is a script, with its line breaks', () => {
  assert.is(read('|\n  cd src\n  train.py\n'), 'cd src\ntrain.py\n')
})

test('a list is a list of words, with references', () => {
  assert.equal(read('[python, -c, "print($$1)", $A, "${B:-x y}"]'), ['python', '-c', 'print($$1)', '$A', '${B:-x y}'])
  assert.equal(read('[run, 3, 0.50, true, "a|b", ""]'), ['run', '3', '0.50', 'true', 'a|b', ''])
})

test('a Python file as the first word is run by Python', () => {
  const cases: [string, string | string[]][] = [
    ['train.py', ['python', 'train.py']],
    ['src/train.py --lr 3', ['python', 'src/train.py', '--lr', '3']],
    ['[train.py, -v]', ['python', 'train.py', '-v']],
    ['["$DIR/train.py"]', ['python', '$DIR/train.py']],
    [`'"my train.py" -v'`, ['python', 'my train.py', '-v']],
    ['train.py | tee log', 'python train.py | tee log'],
    ['train.py|tee log', 'python train.py|tee log'],
    ['train.py --lr $LR', 'python train.py --lr $LR'],
    ['$DIR/train.py', 'python $DIR/train.py'],
    [`'"my train.py" > log'`, 'python "my train.py" > log'],
    ['OMP_NUM_THREADS=1 B="x y" train.py', 'OMP_NUM_THREADS=1 B="x y" python train.py'],
    ['python train.py', ['python', 'train.py']],
    ['run train.py', ['run', 'train.py']],
    ['A=train.py', 'A=train.py'],
    ['A=x.py run', 'A=x.py run'],
    ['train.pyc', ['train.pyc']],
    ['train.python', ['train.python']],
  ]
  for (const [value, expected] of cases) assert.equal(read(value), expected, value)
})

test('what is no command is refused at its value, once', () => {
  const problems = (value: string, at = value) => assert.equal(read(value), { problems: [`MLS1113 at ${at}`] }, value)
  problems('""')
  problems('"  "')
  problems('[]')
  problems(`echo it's`)
  problems(`'say "hi'`)
  problems(`'say "hi | x'`)
  problems('["", x]', '""')
  problems(`'"" x'`, `""`)
  assert.equal(read('echo ${A'), { problems: ['MLS1112 at echo ${A'] })
  assert.equal(read('[echo, "${A!}", x]'), { problems: ['MLS1112 at "${A!}"'] })
})

test('a quote that bash may read otherwise is left to bash', () => {
  for (const text of [`a # don't`, `cat <<X\nit's\nX`, `echo \\'`, `echo $'it'\\''`]) assert.type(readText(text), 'string', text)
})

test('what is reported elsewhere says nothing', () => {
  for (const value of ['', 'true', '{a: b}', '[a, [b]]', '[a, null]']) assert.is(read(value), undefined, value)
})

test('words know where they stand', () => {
  const { result } = readWith(`run "a b" c`, parseCommand)
  const spans = result?.kind === 'words' ? result.words.map(({ span }) => span.source.text.slice(span.start, span.end)) : []
  assert.equal(spans, ['run', '"a b"', 'c'])
})

test('property: words in single quotes come back as they were', () => {
  const word = fc.stringMatching(/^[ -#%-&(-~äé\t]{1,8}$/).filter((text) => !text.endsWith('.py'))
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
      assert.equal(readText(words.map((text) => `'${text}'`).join(' ')), words)
    }),
  )
})

test('a long text takes no long time', () => {
  for (const text of ['a'.repeat(5e5), `${'A=b '.repeat(1e5)}(`, `A=${'b'.repeat(5e5)}(`, `"${'a'.repeat(5e5)}`, `${"''".repeat(1e5)}|`]) readText(text)
})

test.run()
