/** Literal secrets: the known shapes, random values under telling names, and what only looks like one. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { looksLikeSecret } from '../../../src/config/secret-literal.ts'

// Put together here, so that no scanner takes this file for a leak.
const token = (prefix: string, length: number) => prefix + 'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zA'.repeat(3).slice(0, length)

test('tokens of known kinds, under any name', () => {
  const cases: [string, string][] = [
    [token('hf_', 34), 'a Hugging Face token'],
    [token('ghp_', 36), 'a GitHub token'],
    [token('ghs_', 36), 'a GitHub token'],
    [token('github_pat_', 60), 'a GitHub token'],
    [token('glpat-', 20), 'a GitLab token'],
    [`AKIA${'ABCD1234'.repeat(2)}`, 'an AWS access key'],
    [token('AIza', 35), 'a Google API key'],
    [token('xoxb-', 40), 'a Slack token'],
    [token('npm_', 36), 'an npm token'],
    [token('pypi-', 90), 'a PyPI token'],
    [token('sk-', 48), 'an API key'],
    [token('sk-proj-', 48), 'an API key'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMII', 'a private key'],
    ['-----BEGIN PRIVATE KEY-----', 'a private key'],
    [`${token('eyJ', 20)}.${token('eyJ', 30)}.${token('', 20)}`, 'a signed token'],
    ['postgres://mlflow:s3cret@db:5432/x', 'a URL with a password'],
    ['https://:pw@host', 'a URL with a password'],
    [`--token ${token('hf_', 34)}`, 'a Hugging Face token'],
  ]
  for (const [value, kind] of cases) assert.equal(looksLikeSecret('X', value), { kind }, value)
})

test('random values under a name that tells', () => {
  for (const name of ['WANDB_API_KEY', 'API_TOKEN', 'db_password', 'CLIENT_SECRET', 'AWS_SECRET_ACCESS_KEY', 'APIKEY']) {
    for (const value of [token('', 16), '0123456789abcdef0123', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCY', '123e4567-e89b-12d3-a456-426614174000']) {
      assert.equal(looksLikeSecret(name, value), { kind: 'a secret' }, `${name} ${value}`)
      assert.is(looksLikeSecret('RUN_NAME', value), undefined, value)
    }
  }
})

test('placeholders, paths, words and flags are no secrets', () => {
  const harmless = ['', 'changeme', 'change-me-in-production-1', 'your-token-goes-here-123', '<insert 1 token here>', '<|reserved_special_token_0|>', 'xxxxxxxxxxxxxxxxxxxxxxxx', 'true', '/run/secrets/API_TOKEN_1', './secrets/API_TOKEN_1.txt', '~/Secrets/API_TOKEN_1', 'https://Vault.example.com/v1/secret', 'correct-horse-battery-staple', '1111111111111111a', '4096', 'A short text of 5 words or so']
  for (const value of harmless) assert.is(looksLikeSecret('API_TOKEN', value), undefined, value)
})

test('names that tell nothing, and values near a known shape', () => {
  const random = token('', 24)
  for (const name of ['TOKENIZER', 'MAX_TOKENS', 'TOKEN_PATH', 'SECRET_NAME', 'PASSWORD_FILE', 'KEY']) assert.is(looksLikeSecret(name, random), undefined, name)
  const near = ['hf_model', 'sk-learn-experiment-tracking-server', 'risk-A1b2C3d4E5f6G7h8I9j0K1', 'npm_config_cache', 'http://host:8080/a@b', 'postgres://user@db/x', 'redis://:changeme@db', 'docker://python:3.11@sha256:ab', 'MAKIAVELLI1234567890', 'xoxb', 'pypi-server', 'eyJ.eyJ.x']
  for (const value of near) assert.is(looksLikeSecret('X', value), undefined, value)
})

test('a long value takes no long time', () => {
  for (const part of ['a', 'a://', 'sk-', '-----BEGIN ', 'eyJa', 'A1']) looksLikeSecret('TOKEN', part.repeat(2e5))
})

test.run()
