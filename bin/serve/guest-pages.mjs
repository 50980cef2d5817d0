import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { countBytes, countUse, findFreshPage } from '../../app/_server/cache-handler.mjs'
import { expiriesSoFar } from '../../app/_server/expiries.mjs'
import { pathOf } from './route-class.mjs'

const compress = promisify(gzip)

/** Of one answer or one connection; and what is said anew for each. */
const NOT_KEPT = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'date',
  'etag',
  'keep-alive',
  'set-cookie',
  'transfer-encoding',
  'x-nextjs-cache',
  'x-request-id',
])

/**
 * Answers with the guest menu that Next has made, where it is as it is now (app/_server/cache-handler.mjs), under the head
 * that Next's own answer had. Handing out a kept page takes Next some milliseconds of the processor; this, a tenth of one.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {() => Promise<void>} handle Next, for all else
 * @param {boolean} hasWritten whether it was asked by somebody who changed something, and must see that
 */
export async function answerGuest(request, response, handle, hasWritten) {
  const path = pathOf(request.url)
  const isForPage = asksForPage(request)
  const page = isForPage ? findFreshPage(path) : null
  if (page?.ready) {
    countUse(path)
    return send(request, response, page.ready)
  }
  if (hasWritten && (await olderAnswers(path))) return answerGuest(request, response, handle, hasWritten)
  response.once('finish', () => {
    // What is data, or answers a question, has another head.
    const made = isForPage && response.statusCode === 200 ? findFreshPage(path) : null
    if (made) made.ready ??= new ReadyPage(path, made, response.getHeaders())
  })
  return noted(path, handle)
}

/**
 * What Next is answering, by path, each with how many expiries there were as it began.
 * @type {Map<string, Set<{ since: number, ended: Promise<unknown> }>>}
 */
const underWay = new Map()

async function noted(path, handle) {
  const answers = underWay.get(path) ?? new Set()
  underWay.set(path, answers)
  const handled = handle()
  const answer = { since: expiriesSoFar(), ended: handled.catch(() => {}) }
  answers.add(answer)
  try {
    await handled
  } finally {
    answers.delete(answer)
    if (answers.size === 0) underWay.delete(path)
  }
}

/**
 * Waits for what Next began to make before the last expiry: whoever asks for the same page meanwhile is given what comes of
 * that (its response cache makes a page once for all), and it can be older than what they wrote.
 * @returns {Promise<boolean>} whether there was any
 */
async function olderAnswers(path) {
  const older = [...(underWay.get(path) ?? [])].filter(({ since }) => since < expiriesSoFar())
  await Promise.all(older.map(({ ended }) => ended))
  return older.length > 0
}

/** What Next's router asks for is data; and what is asked of a page by its query is Next's to know. */
const asksForPage = ({ method, url, headers }) =>
  (method === 'GET' || method === 'HEAD') && headers.rsc === undefined && pathOf(url) === url

/** A page as it goes out: each form of its body is made once, when somebody asks for it. */
class ReadyPage {
  #path
  #page
  #bodies = new Map()

  constructor(path, page, headers) {
    this.#path = path
    this.#page = page
    const kept = Object.entries(headers).filter(([name]) => !NOT_KEPT.has(name))
    const etag = `W/"${createHash('sha1').update(page.value.html).digest('base64url')}"`
    this.etag = etag
    this.head = [...kept, ['x-nextjs-cache', 'HIT'], ['etag', etag]]
  }

  /** @param {'gzip' | 'identity'} coding @returns {Promise<Buffer>} */
  async body(coding) {
    const body = this.#bodies.get(coding) ?? this.#encode(coding)
    this.#bodies.set(coding, body)
    const bytes = await body
    // A promise would keep the request that it was made in for as long as the page is kept.
    this.#bodies.set(coding, bytes)
    return bytes
  }

  async #encode(coding) {
    const { html } = this.#page.value
    const body = coding === 'gzip' ? await compress(html) : Buffer.from(html)
    countBytes(this.#path, this.#page, body.length)
    return body
  }
}

async function send({ method, headers }, response, page) {
  for (const [name, value] of page.head) response.setHeader(name, value)
  if (isKnown(headers['if-none-match'], page.etag)) {
    response.removeHeader('content-type')
    response.writeHead(304).end()
    return
  }
  const coding = /\bgzip\b/.test(String(headers['accept-encoding'] ?? '')) ? 'gzip' : 'identity'
  const body = await page.body(coding)
  if (coding !== 'identity') response.setHeader('content-encoding', coding)
  response.setHeader('content-length', body.length)
  response.writeHead(200)
  response.end(method === 'HEAD' ? undefined : body)
}

/** @param {string | undefined} ifNoneMatch a list of marks, or `*` */
const isKnown = (ifNoneMatch, etag) =>
  ifNoneMatch?.split(',').some((mark) => ['*', etag, etag.slice(2)].includes(mark.trim()))
