import { format, stripVTControlCharacters } from 'node:util'
import pino from 'pino'
import { wordsStream } from './log-words.mjs'
import { scrub } from './scrub.mjs'

/** Of a text that something printed: a stack with its causes fits, a page doesn't. */
const LONGEST_TEXT = 8000
/** Fields that never are of use: a second net under `scrub`, which goes by what a text looks like. */
const NEVER = ['cookie', 'authorization', 'password', 'token', 'secret', 'email', 'headers', 'body']
const METHODS = { debug: 'debug', log: 'info', info: 'info', warn: 'warn', error: 'error' }

/**
 * @typedef {{ level: string, words: boolean, requests: boolean }} LogSettings `words`: for people at a terminal, else
 *   JSON; `requests`: a line for each request
 */

/**
 * The log of this process: one line an event on stdout, with the request's id where there is one.
 * @param {LogSettings} settings
 * @param {{ write(line: string): void }} [destination] for tests
 * @returns {import('pino').Logger}
 */
export function openLog({ level, words }, destination) {
  const stream = destination ?? (words ? wordsStream() : pino.destination({ dest: 1, sync: false }))
  return pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: NEVER.flatMap((name) => [name, `*.${name}`]), censor: '[hidden]' },
      serializers: { err: errorFields },
      mixin: () => {
        const id = globalThis[Symbol.for('brigade.request')]?.getStore()?.id
        return id ? { requestId: id } : {}
      },
    },
    stream,
  )
}

/**
 * Has everything that this process says through `console`, Next's own errors among it, go into the log. What is said is
 * words first, then an error or an object of fields.
 * @param {import('pino').Logger} log
 * @returns {() => void} gives the console back
 */
export function takeOverConsole(log) {
  const before = { ...console }
  for (const [method, level] of Object.entries(METHODS)) {
    console[method] = (...args) => {
      const { words, fields } = readArguments(args)
      log[level](fields, words)
    }
  }
  return () => Object.assign(console, before)
}

/** @param {unknown[]} args */
function readArguments(args) {
  const fields = {}
  const said = []
  for (const arg of args) {
    if (arg instanceof Error) fields.err ??= arg
    else if (isPlain(arg) && said.length > 0) Object.assign(fields, cleanFields(arg))
    else said.push(arg)
  }
  const words = clean(stripVTControlCharacters(format(...said)))
    .replace(/^\s*⨯\s*/, '')
    .replace(/[:\s]+$/, '')
  return { words: words || fields.err?.name || '', fields }
}

const isPlain = (value) =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

const cleanFields = (fields) =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? clean(value) : value]),
  )

/**
 * What the log keeps of an error. Not its other properties: PostgreSQL puts the values of rows into them.
 * @param {unknown} error
 */
function errorFields(error, depth = 0) {
  if (!(error instanceof Error)) return clean(String(error))
  const { code, digest, constraint_name: constraint, table_name: table } = /** @type {any} */ (error)
  return {
    type: error.name,
    message: clean(error.message),
    ...(code && { code }),
    ...(digest && { digest }),
    ...(table && { table }),
    ...(constraint && { constraint }),
    stack: clean(error.stack ?? ''),
    ...(error.cause !== undefined && depth < 4 && { cause: errorFields(error.cause, depth + 1) }),
  }
}

const clean = (text) => scrub(text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text)
