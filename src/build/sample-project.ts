/** The ten-line example as files: what the build warms the code cache with, the bench measures and the package test compiles. */

export const SAMPLE_PROJECT: Readonly<Record<string, string>> = {
  'mlstack.yaml': `# yaml-language-server: $schema=./node_modules/mlstack/mlstack.schema.json
name: digits
framework: pytorch==2.13.0
model: mlp
datasets:
  digits: ./data/digits.csv
train: train.py
evaluate:
  command: evaluate.py
  require: { accuracy: ">= 0.95" }
serve: { command: serve.py, port: 8080 }
`,
  'data/digits.csv': 'pixel,digit\n0,1\n',
  'train.py': 'print("trained")\n',
  'evaluate.py': 'print("evaluated")\n',
  'serve.py': 'print("served")\n',
}
