// `npm test`: every test, browser included. `npm test -- domain db` runs parts of it; what is no part's name selects
// files within them (`npm test -- e2e menu`). `--full` adds what takes long.
import './lib/node-version.mjs'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from './lib/build.mjs'
import { findChromium } from './lib/chromium.mjs'
import { installDependencies, npm } from './lib/dependencies.mjs'
import { openEmbedded } from './lib/embedded.mjs'
import { root } from './lib/paths.mjs'
import { run, stopSignal } from './lib/run.mjs'
import { explain, runMain, Sentence, Stopped } from './lib/sentence.mjs'
import { seconds, step } from './lib/step.mjs'
import { playwrightResult, vitestResult } from './lib/test-results.mjs'

const PARTS = ['check', 'domain', 'bin', 'db', 'e2e']
const OLDEST_SERVER = '/usr/lib/postgresql/15/bin'

function readArguments(args) {
  const words = args.filter((arg) => arg !== '--full')
  const named = PARTS.filter((part) => words.includes(part))
  const filters = words.filter((word) => !PARTS.includes(word))
  // What is checked is the whole: a filter selects nothing in it.
  const all = filters.length > 0 ? PARTS.filter((part) => part !== 'check') : PARTS
  return {
    parts: named.length > 0 ? named : all,
    filters,
    full: args.includes('--full'),
  }
}

/** A server whose data may be lost, in a folder of its own beside the one of `npm start`. */
async function openServer(folder, programs) {
  return step('Test database', async (say) => {
    const value = await openEmbedded({ dataDir: join(root, folder), disposable: true, programs, say })
    return { value, outcome: `PostgreSQL ${value.version} on port ${value.port}` }
  })
}

async function runPart(part, context) {
  const started = performance.now()
  console.log(`\n— ${part} —`)
  const result = await WORK[part](context).catch((error) => {
    if (error instanceof Stopped) throw error
    console.error(explain(error))
    return { passed: 0, failed: 1, skipped: 0, failures: [] }
  })
  return { part, ...result, took: seconds(performance.now() - started) }
}

const WORK = {
  check: async ({ stop }) => {
    const { code } = await npm(['run', '--silent', 'check'], { stop })
    return { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0, failures: [] }
  },
  domain: (context) => runVitest('domain', context),
  bin: (context) => runVitest('bin', context),
  db: (context) => runVitest('db', context),
  e2e: runPlaywright,
}

async function runVitest(project, { stop, reports, filters, full, server }) {
  const file = join(reports, `${project}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const args = [
    'run',
    '--project',
    project,
    ...reporters,
    ...emptyIsFine(filters, '--passWithNoTests'),
    ...filters,
  ]
  const { code } = await inClone('vitest/vitest.mjs', args, { stop, env: testEnvironment({ full, server }) })
  return vitestResult(file, code)
}

async function runPlaywright({ stop, reports, filters, full, server }) {
  const say = console.log
  process.env.BRIGADE_DIST = '.next-test'
  const chromium = await findChromium({ stop, say })
  await step('Build', async () => ({ outcome: await buildApp({ stop, say }) }))
  const file = join(reports, 'e2e.json')
  const env = {
    ...testEnvironment({ full, server }),
    BRIGADE_CHROMIUM: chromium,
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  }
  const { code } = await inClone(
    '@playwright/test/cli.js',
    ['test', '--reporter=list,json', ...emptyIsFine(filters, '--pass-with-no-tests'), ...filters],
    {
      stop,
      env,
    },
  )
  return playwrightResult(file, code)
}

/** The oldest PostgreSQL that Brigade supports, where this machine has it. */
async function runOnOldestServer(context) {
  if (!existsSync(OLDEST_SERVER)) {
    console.log(
      `\nNot tested on PostgreSQL 15: there is none in ${OLDEST_SERVER} (Debian's package is postgresql-15).`,
    )
    return undefined
  }
  const server = await openServer('.data-test-15', OLDEST_SERVER)
  try {
    const result = await runPart('db', { ...context, server })
    return { ...result, part: 'db on 15' }
  } finally {
    await server.close()
  }
}

/** A filter may well match in one part only. */
function emptyIsFine(filters, flag) {
  return filters.length > 0 ? [flag] : []
}

function testEnvironment({ full, server }) {
  return {
    ...(server && { TEST_DATABASE_URL: server.maintenanceUrl }),
    ...(full && { BRIGADE_FULL: '1' }),
  }
}

function inClone(program, args, { stop, env }) {
  return run(process.execPath, [join(root, 'node_modules', program), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
    stop,
  })
}

function report(results, filters) {
  const sum = (key) => results.reduce((total, result) => total + result[key], 0)
  console.log()
  for (const { part, passed, failed, skipped, took } of results) {
    const state = failed > 0 ? 'FAILED' : 'ok'
    const counts = part === 'check' ? '' : `${passed} passed, ${failed} failed, ${skipped} skipped`
    console.log(`${part.padEnd(9)} ${state.padEnd(7)} ${took.padStart(7)}  ${counts}`)
  }
  if (filters.length > 0 && sum('passed') + sum('failed') === 0) {
    throw new Sentence(`No test is named like ${filters.join(' or ')}: the parts are ${PARTS.join(', ')}.`)
  }
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
  for (const failure of results.flatMap(({ failures }) => failures)) console.log(`  ${failure}`)
  return sum('failed') > 0 ? 1 : 0
}

await runMain(async () => {
  const { parts, filters, full } = readArguments(process.argv.slice(2))
  const stop = stopSignal()
  await step('Dependencies', async (say) => ({ outcome: await installDependencies({ stop, say }) }))
  const server = parts.some((part) => part === 'db' || part === 'e2e')
    ? await openServer('.data-test')
    : undefined
  const reports = mkdtempSync(join(tmpdir(), 'brigade-test-'))
  const context = { stop, reports, filters, full, server }
  try {
    const results = []
    for (const part of parts) results.push(await runPart(part, context))
    if (full && parts.includes('db')) results.push(await runOnOldestServer(context))
    return report(
      results.filter((result) => result !== undefined),
      filters,
    )
  } finally {
    await server?.close()
    rmSync(reports, { recursive: true, force: true })
  }
})
