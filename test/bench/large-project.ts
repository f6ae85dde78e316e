/** A project with as many datasets and services as one asks for. */

export function makeLargeProject(size: number): Readonly<Record<string, string>> {
  const numbers = Array.from({ length: size }, (_, index) => index + 1)
  const config = [
    'name: large',
    'framework: scikit-learn==1.6.1',
    'train: train.py',
    'datasets:',
    ...numbers.map((number) => `  d${number}: ./data/d${number}.csv`),
    'services:',
    ...numbers.map((number) => `  s${number}: { image: "redis:7.4", environment: { NUMBER: "${number}" } }`),
  ]
  const datasets = numbers.map((number) => [`data/d${number}.csv`, 'x,y\n0,1\n'])
  return { 'mlstack.yaml': `${config.join('\n')}\n`, 'train.py': 'print("trained")\n', ...Object.fromEntries(datasets) }
}
