import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

const GARBAGE = new URL('../serve/garbage.mjs', import.meta.url).href
const ALLOCATE = `
  let kept = []
  for (let i = 0; i < 3_000_000; i++) {
    kept.push({ i })
    if (kept.length > 200_000) kept = []
  }`

test('a web process collects what is young by itself, whatever else wants the processor', () => {
  const work = `(await import('${GARBAGE}')).collectAlone();${ALLOCATE}`
  const trace = execFileSync(process.execPath, ['--trace-gc-nvp', '--input-type=module', '-e', work], {
    encoding: 'utf8',
  })
  // What was collected while Node itself started is not meant.
  const young = trace
    .split('\n')
    .filter((line) => line.includes(' gc=s '))
    .slice(1)
  const helped = young.filter((line) => !line.includes(' background.scavenge.parallel=0.00 '))

  expect(young.length).toBeGreaterThan(0)
  expect(helped).toEqual([])
})
