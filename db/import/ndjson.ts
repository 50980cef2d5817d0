import { createReadStream } from 'node:fs'
import { LONGEST_ROW, type SourceFile, type SourceRow } from './source-row'

const LINE_FEED = 10
const BYTE_ORDER_MARK = /^\ufeff/
const SHOWN_OF_LONG_ROW = 1000
/** What `rejected` put in front of a row that is imported again. */
const OLD_VERDICT = /^\{"row":\d+,"reason":"(?:[^"\\]|\\.)*",?/

/** A file with one JSON object a line. */
export function openNdjson(file: string): SourceFile {
  let stream: ReturnType<typeof createReadStream> | undefined
  return {
    rejectsHeader: '',
    bytesRead: () => stream?.bytesRead ?? 0,
    async *rows(done) {
      stream = createReadStream(file, { highWaterMark: 256 * 1024 })
      let number = 0
      for await (const line of linesOf(stream)) {
        number++
        if (number <= done) continue
        const row = readLine(line, number)
        if (row) yield row
      }
    },
  }
}

type Line = { bytes: Buffer; tooLong: boolean }

/** The lines of a stream of bytes; of one that is too long, the beginning. */
async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let begun: Buffer[] = []
  let length = 0
  const add = (piece: Buffer) => {
    length += piece.length
    if (length <= LONGEST_ROW || begun.length === 0) begun.push(piece)
  }
  const take = (): Line => {
    const line = {
      bytes: begun.length === 1 && begun[0] ? begun[0] : Buffer.concat(begun),
      tooLong: length > LONGEST_ROW,
    }
    begun = []
    length = 0
    return line
  }
  for await (const chunk of stream) {
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      add(chunk.subarray(start, end))
      yield take()
      start = end + 1
    }
    if (start < chunk.length) add(chunk.subarray(start))
  }
  if (length > 0) yield take()
}

function readLine({ bytes, tooLong }: Line, row: number): SourceRow | null {
  const whole = (tooLong ? bytes.subarray(0, SHOWN_OF_LONG_ROW) : bytes).toString('utf8')
  const text = (row === 1 ? whole.replace(BYTE_ORDER_MARK, '') : whole).trim()
  if (text === '' && !tooLong) return null
  const size = bytes.length
  if (tooLong) {
    const reason = `the row is longer than ${LONGEST_ROW} bytes; only its beginning is kept here`
    return { row, size, content: { ok: false, reason }, rejected: (why) => verdict(row, why, null, text) }
  }
  const content = parse(text)
  const object = content.ok && isObject(content.value) ? text : null
  return { row, size, content, rejected: (why) => verdict(row, why, object, text) }
}

function parse(text: string): SourceRow['content'] {
  try {
    const value: unknown = JSON.parse(text)
    if (isObject(value) && 'line' in value && 'reason' in value)
      return {
        ok: false,
        reason: 'the row is a reject that was not corrected: write the recipe as a JSON object',
      }
    return { ok: true, value }
  } catch {
    return { ok: false, reason: 'the row is not JSON: write one object on one line, from { to }' }
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An object keeps its own text to the letter; what is none stands as text under `line`. */
function verdict(row: number, reason: string, object: string | null, text: string): string {
  const front = `{"row":${row},"reason":${JSON.stringify(reason)}`
  if (object === null) return `${front},"line":${JSON.stringify(text)}}\n`
  const rest = object.replace(OLD_VERDICT, '{').slice(1).trimStart()
  return `${front}${rest.startsWith('}') ? '' : ','}${rest}\n`
}
