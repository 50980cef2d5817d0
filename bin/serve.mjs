// Serves a built Brigade over HTTP (`--dev`: with Next's development server). `npm start` brings up everything it needs
// and starts it; with a database of one's own it can be started alone: `node bin/serve.mjs`.
import './lib/node-version.mjs'
import cluster from 'node:cluster'
import { freeAddress } from './lib/address.mjs'
import { runMain, Sentence } from './lib/sentence.mjs'
import { openLog, takeOverConsole } from './serve/log.mjs'
import { serveHere } from './serve/serve-here.mjs'
import { readSettings } from './serve/settings.mjs'
import { superviseWorkers } from './serve/workers.mjs'

await runMain(async () => {
  const args = process.argv.slice(2)
  const unknown = args.find((arg) => arg !== '--dev')
  if (unknown) throw new Sentence(`serve.mjs knows --dev, but not "${unknown}".`)
  const isTerminal = process.stdout.isTTY === true
  const settings = readSettings(process.env, { dev: args.includes('--dev'), isTerminal })
  Object.assign(process.env, {
    NODE_ENV: settings.dev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  })

  // Asked once, before any worker: each of them would say the same.
  const url = cluster.isWorker ? undefined : (await freeAddress(process.env)).url
  const log = openLog(settings.log)
  // Next's development server draws its own.
  const giveConsoleBack = settings.dev ? () => {} : takeOverConsole(log)
  try {
    if (cluster.isWorker) return await serveHere(settings, log)
    const ready = () => process.send?.({ type: 'ready', url })
    return settings.workers > 1
      ? await superviseWorkers(settings, ready)
      : await serveHere(settings, log, ready)
  } finally {
    // Why it ended is a sentence for whoever started it.
    giveConsoleBack()
  }
})

// Next keeps timers, and the channel to a parent stays open: neither may keep alive what has ended or never began.
process.exit()
