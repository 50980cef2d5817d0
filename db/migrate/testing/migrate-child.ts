import { describeProgress } from '../progress'
import { migrate } from '../runner'

/** Migrates in a process of its own, which tests kill: URL FOLDER. Prints each progress as its kind and its line. */
const [url = '', directory = ''] = process.argv.slice(2)
const stop = new AbortController()
process.on('SIGINT', () => stop.abort())

const result = await migrate(url, {
  directory,
  signal: stop.signal,
  report: (progress) => console.log(`${progress.kind}: ${describeProgress(progress).trim()}`),
})
console.log(result.ok ? 'ok' : `${result.reason}: ${result.message}`)
