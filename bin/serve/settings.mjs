import { Sentence } from '../lib/sentence.mjs'

const MOST_WORKERS = 256
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']

/**
 * What the server itself needs of the environment, before the app is loaded; the app checks the rest as it starts.
 * @typedef {{ host: string, port: number, origin: URL | null, workers: number, metricsPort: number | null,
 *   dev: boolean, log: import('./log.mjs').LogSettings }} Settings `origin`: the public address, where APP_URL names one
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {{ dev: boolean, isTerminal?: boolean }} options `isTerminal`: whether somebody reads what is printed
 * @returns {Settings}
 * @throws {Sentence} when a value makes no sense
 */
export function readSettings(env, { dev, isTerminal = false }) {
  const words = choice(env, 'LOG_FORMAT', ['words', 'json']) ?? (isTerminal ? 'words' : 'json')
  return {
    host: env.HOST || '127.0.0.1',
    port: wholeNumber(env, 'PORT', 65535) ?? 3000,
    origin: URL.canParse(env.APP_URL ?? '') ? new URL(env.APP_URL ?? '') : null,
    // Next's development server keeps its state in one process.
    workers: dev ? 1 : (wholeNumber(env, 'WEB_CONCURRENCY', MOST_WORKERS) ?? 1),
    metricsPort: wholeNumber(env, 'METRICS_PORT', 65535),
    dev,
    log: {
      level: choice(env, 'LOG_LEVEL', LOG_LEVELS) ?? 'info',
      words: words === 'words',
      requests: (choice(env, 'LOG_REQUESTS', ['on', 'off']) ?? (words === 'words' ? 'off' : 'on')) === 'on',
    },
  }
}

function choice(env, name, values) {
  const text = env[name]
  if (!text) return null
  if (!values.includes(text)) throw new Sentence(`${name} is "${text}": it must be ${values.join(', ')}.`)
  return text
}

function wholeNumber(env, name, most) {
  const text = env[name]
  if (!text) return null
  const number = Number(text)
  if (!/^\d+$/.test(text) || number < 1 || number > most) {
    throw new Sentence(`${name} is "${text}": it must be a number from 1 to ${most}.`)
  }
  return number
}
