/** A project with as many files of code as one asks for, of which each role reads a few. */

/** Files in one folder. */
const IN_FOLDER = 100

export const CONFIG = 'name: watched\nframework: python\ntrain: train.py\nevaluate: evaluate.py\nserve: serve.py\n'

export function makeCodeProject(size: number): Readonly<Record<string, string>> {
  const numbers = Array.from({ length: size }, (_, index) => index)
  const modules = numbers.map((number) => [`pkg${Math.floor(number / IN_FOLDER)}/mod${number % IN_FOLDER}.py`, makeModule(number)])
  return {
    'mlstack.yaml': CONFIG,
    'train.py': 'from pkg0 import mod0\n',
    'evaluate.py': 'from pkg0 import mod1\n',
    'serve.py': 'from pkg0 import mod2\n',
    ...Object.fromEntries(modules),
  }
}

/** The first ten each import the next one. */
function makeModule(number: number): string {
  const next = number < 10 ? `from pkg0 import mod${number + 1}\n` : ''
  return `${next}VALUE = ${number}\n\n\ndef read():\n    return open('data/numbers.csv')\n`
}
