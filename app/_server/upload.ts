import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import { Busboy, type BusboyHeaders } from '@fastify/busboy'

type Upload = { fields: Record<string, string>; fileName: string; bytes: number; contentHash: string }
export type UploadAnswer =
  | ({ ok: true } & Upload)
  | { ok: false; reason: 'no_file' | 'too_large' | 'malformed' }

/**
 * Writes the one file of a form (`multipart/form-data`) to `path` as it arrives, so that it never stands in memory, and
 * returns what else the form says. Whatever goes wrong, no file stays.
 */
export async function receiveFile(
  request: Request,
  path: string,
  { mostBytes }: { mostBytes: number },
): Promise<UploadAnswer> {
  const type = request.headers.get('content-type') ?? ''
  if (!request.body || !/^multipart\/form-data;.*boundary=/i.test(type))
    return { ok: false, reason: 'malformed' }
  await mkdir(dirname(path), { recursive: true })
  const answer = await parse(request.body, { 'content-type': type }, path, mostBytes)
  if (!answer.ok) await rm(path, { force: true })
  return answer
}

async function parse(
  body: ReadableStream,
  headers: BusboyHeaders,
  path: string,
  mostBytes: number,
): Promise<UploadAnswer> {
  const fields: Record<string, string> = {}
  const hash = createHash('sha256')
  let file: { fileName: string; written: Promise<void> } | null = null
  let bytes = 0
  let isTooLarge = false
  try {
    const parser = new Busboy({
      headers,
      limits: { files: 1, fields: 10, fieldSize: 1000, fileSize: mostBytes },
    })
    parser.on('field', (name, value) => {
      fields[name] = value
    })
    parser.on('file', (_, stream, fileName) => {
      stream.on('limit', () => {
        isTooLarge = true
      })
      const counted = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          bytes += chunk.length
          hash.update(chunk)
          done(null, chunk)
        },
      })
      const written = pipeline(stream, counted, createWriteStream(path))
      written.catch(() => {})
      file = { fileName, written }
    })
    await pipeline(Readable.fromWeb(body as NodeStream), parser)
    const found = file as { fileName: string; written: Promise<void> } | null
    await found?.written
    if (isTooLarge) return { ok: false, reason: 'too_large' }
    if (!found || bytes === 0) return { ok: false, reason: 'no_file' }
    return { ok: true, fields, fileName: found.fileName, bytes, contentHash: hash.digest('hex') }
  } catch (error) {
    // A connection that broke off and a body that isn't what it says; a full disk is nobody's form.
    if ((error as NodeJS.ErrnoException).path) throw error
    return { ok: false, reason: 'malformed' }
  }
}
