import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lib/paths.mjs'

/** Where statements are written. Queries are called by their module alone, as `npm run db:explain` does. */
const FOLDERS = ['db/queries', 'db/mutations', 'db/jobs', 'db/import', 'db/records', 'db/seed']
/** A statement of fewer says too little. */
const LEAST_LETTERS = 16
/** Of its letters a text has to have so many: lists may have been shortened. */
const LEAST_SHARE = 0.8
const REMEMBERED = 1000

/**
 * @typedef {{ name: string, start: string, pieces: string[], letters: number }} Statement `start`: how it begins, up to the
 *   first value; `pieces`: what stands between the values, and how many `letters` that is
 */

/**
 * Tells by its text which function sends a statement: `activity.getServerFigures`, or with its folder where that is no
 * query, `mutations/orders.placeOrder`. Read from the source, since the bundler leaves no names, and at once: it takes a
 * twentieth of a second, which the first slow statement would hold everybody up for.
 * @param {string} [folder] of the clone
 * @returns {(text: string) => string | null} null for what is written nowhere as one piece
 */
export function statementNames(folder = root) {
  const statements = FOLDERS.flatMap((each) => readFolder(folder, each))
  /** @type {Map<string, string | null>} */
  const known = new Map()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    if (known.size >= REMEMBERED) known.clear()
    const name = bestOf(statements, plainly(text))
    known.set(text, name)
    return name
  }
}

function readFolder(folder, under) {
  try {
    return readdirSync(join(folder, under), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.includes('.test.'))
      .flatMap((file) => {
        const module = `${under.replace('db/', '')}/${file.slice(0, -3)}`.replace(/^queries\//, '')
        return readStatements(readFileSync(join(folder, under, file), 'utf8'), module)
      })
  } catch (error) {
    // A server that runs from a build alone has names for nothing, and is none the worse.
    if (error.code === 'ENOENT') return []
    throw error
  }
}

/**
 * @param {string} source
 * @param {string} module
 * @returns {Statement[]}
 */
function readStatements(source, module) {
  const statements = []
  let name = 'statement'
  for (const match of source.matchAll(
    /\bfunction\*? (\w+)|^(?:export )?const (\w+) = |\bsql(?:<[^`(]*>)?`/gm,
  )) {
    const [whole, declared, assigned] = match
    if (declared ?? assigned) name = declared ?? assigned
    else {
      const parts = piecesOf(source, match.index + whole.length).flatMap((piece) => plainly(piece).split('?'))
      const pieces = parts.map((part) => part.trim()).filter(({ length }) => length > 2)
      const letters = pieces.reduce((sum, { length }) => sum + length, 0)
      const start = parts[0]?.trim() ?? ''
      if (letters >= LEAST_LETTERS) statements.push({ name: `${module}.${name}`, start, pieces, letters })
    }
  }
  return statements
}

/** What a template that begins at `start` says itself, between its values. */
function piecesOf(source, start) {
  const pieces = []
  let piece = ''
  for (let at = start; at < source.length && source[at] !== '`'; at++) {
    if (source[at] === '\\') piece += source[++at]
    else if (source.startsWith('${', at)) {
      pieces.push(piece)
      piece = ''
      at = endOfValue(source, at + 2)
    } else piece += source[at]
  }
  return [...pieces, piece]
}

/** Where the brace is that ends a value, which may hold templates of its own. */
function endOfValue(source, start) {
  let at = start
  for (let depth = 0; at < source.length; at++) {
    if (source[at] === '`') at = endOfTemplate(source, at + 1)
    else if (source[at] === '{') depth++
    else if (source[at] === '}' && depth-- === 0) break
  }
  return at
}

function endOfTemplate(source, start) {
  let at = start
  for (; at < source.length && source[at] !== '`'; at++) {
    if (source[at] === '\\') at++
    else if (source.startsWith('${', at)) at = endOfValue(source, at + 2)
  }
  return at
}

/** Without comments and values, which `pg_stat_statements` takes out too, and with one space where there was any. */
function plainly(text) {
  return text
    .replaceAll(/--[^\n]*/g, ' ')
    .replaceAll(/'(?:[^']|'')*'/g, '?')
    .replaceAll(/\$\d+|\b(?:\d+(?:\.\d+)?|true|false|null)\b/g, '?')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** Of those that begin like this one, whichever has most of it. */
function bestOf(statements, text) {
  let best = { name: null, letters: 0 }
  for (const { name, start, pieces, letters: all } of statements) {
    if (!text.startsWith(start)) continue
    const letters = sharedLetters(pieces, text)
    if (letters >= all * LEAST_SHARE && letters > best.letters) best = { name, letters }
  }
  return best.name
}

/** How much of the pieces stands in the text, in their order. */
function sharedLetters(pieces, text) {
  let from = 0
  let letters = 0
  for (const piece of pieces) {
    const at = text.indexOf(piece, from)
    if (at === -1) continue
    from = at + piece.length
    letters += piece.length
  }
  return letters
}
