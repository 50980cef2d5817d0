// `npm start`: from a clone to a running Brigade. Needs Node's built-ins only, until the dependencies are installed.
// `--demo` loads the demo chain into a database of one's own too, `--dev` serves with Next's development server.
import './lib/node-version.mjs'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { freeAddress } from './lib/address.mjs'
import { buildApp } from './lib/build.mjs'
import { runCommand } from './lib/commands.mjs'
import { openDatabase } from './lib/database.mjs'
import { installDependencies } from './lib/dependencies.mjs'
import { root } from './lib/paths.mjs'
import { refuseWhenStopped, stopSignal } from './lib/run.mjs'
import { runMain, Sentence } from './lib/sentence.mjs'
import { serve } from './lib/server.mjs'
import { step } from './lib/step.mjs'

const OPTIONS = ['--demo', '--dev']

await runMain(async () => {
  const args = process.argv.slice(2)
  const unknown = args.find((arg) => !OPTIONS.includes(arg))
  if (unknown) throw new Sentence(`npm start knows ${OPTIONS.join(' and ')}, but not "${unknown}".`)
  const stop = stopSignal()
  const address = await freeAddress(process.env)

  await step('Dependencies', async (say) => ({ outcome: await installDependencies({ stop, say }) }))
  const database = await step('Database', bringUpDatabase)
  try {
    return await startApp({
      database,
      address,
      stop,
      dev: args.includes('--dev'),
      demo: args.includes('--demo'),
    })
  } finally {
    if (await database.close()) console.log('The database has stopped.')
  }
})

async function bringUpDatabase(say) {
  const value = await openDatabase({ say })
  const { embedded } = value
  if (!embedded) return { value, outcome: 'the one that DATABASE_URL names' }
  const state = embedded.started ? 'started' : 'already running'
  return {
    value,
    outcome: `PostgreSQL ${embedded.version} ${state} on port ${embedded.port}, data in ${embedded.folder}`,
  }
}

async function startApp({ database, address, stop, dev, demo }) {
  const { embedded, env } = database
  const withDemo = demo || Boolean(embedded)
  const command = (title, name, args = []) =>
    step(title, async (say) => {
      refuseWhenStopped(stop)
      say('…')
      const code = await runCommand(name, args, { env, stop })
      if (code !== 0) throw new Sentence(`${title} failed: the message above says why.`)
      return { outcome: 'done' }
    })
  if (!embedded) await command('Connection', 'db:ping')
  await command('Migrations', 'db:migrate')
  if (withDemo) await command('Demo chain', 'db:seed', ['--demo'])
  if (!dev) await step('Build', async (say) => ({ outcome: await buildApp({ stop, say }) }))

  refuseWhenStopped(stop)
  const server = await serve({ env, dev, stop })
  greet(address.url, withDemo)
  const code = await server.finished
  if (stop.aborted) console.log('Brigade has stopped.')
  else console.error(`The server ended by itself (exit code ${code}): its message above says why.`)
  return stop.aborted ? 0 : code || 1
}

function greet(url, withDemo) {
  console.log(`\nBrigade runs at ${url}\n`)
  const file = join(root, 'db', 'seed', 'demo', 'sign-ins.json')
  if (withDemo && existsSync(file)) {
    const signIns = JSON.parse(readFileSync(file, 'utf8'))
    const width = (key) => Math.max(...signIns.map((signIn) => signIn[key].length))
    for (const { email, password, what } of signIns) {
      console.log(`  ${email.padEnd(width('email'))}  ${password.padEnd(width('password'))}  ${what}`)
    }
  } else {
    console.log('  A sign-in for yourself: npm run admin:create -- YOU@EXAMPLE.COM')
  }
  console.log('\nCtrl-C stops it.\n')
}
