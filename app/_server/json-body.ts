import type { z } from 'zod'
import { type Fault, pointerTo, problem } from './problem'

const MOST_BYTES = 1_000_000
/** A body can be wrong in ten thousand places; the first ones say enough. */
const MOST_FAULTS = 20

type Body<T> = { ok: true; data: T } | { ok: false; response: Response }

/**
 * The JSON body of a request as its schema has it, or the problem to answer with: 415 for another type, 413 beyond
 * 1 MB (counted while reading, so that nobody has to be believed), 400 for what is no JSON, 422 naming each field.
 */
export async function readJsonBody<S extends z.ZodType>(
  request: Request,
  schema: S,
): Promise<Body<z.output<S>>> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type)) return { ok: false, response: wrongType() }
  const bytes = await readBytes(request)
  if (!bytes) return { ok: false, response: tooLarge() }
  const json = parseJson(bytes)
  if (!json) return { ok: false, response: notJson() }
  const parsed = schema.safeParse(json.value)
  return parsed.success
    ? { ok: true, data: parsed.data }
    : { ok: false, response: invalidFields(faultsOf(parsed.error)) }
}

/** 422 for a body that is well-formed and can't be done. */
export const invalidFields = (errors: readonly Fault[]): Response =>
  problem({
    status: 422,
    name: 'invalid-fields',
    title: 'The request has fields that are not right',
    detail: errors.map((fault) => `${fault.pointer}: ${fault.detail}`).join('; '),
    errors,
  })

async function readBytes(request: Request): Promise<Uint8Array | null> {
  if (Number(request.headers.get('content-length')) > MOST_BYTES) return null
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = request.body?.getReader()
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    length += next.value.byteLength
    if (length > MOST_BYTES) {
      await reader?.cancel()
      return null
    }
    chunks.push(next.value)
  }
  return Buffer.concat(chunks)
}

function parseJson(bytes: Uint8Array): { value: unknown } | null {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) }
  } catch {
    return null
  }
}

/** An unknown field is reported where it stands, not at the object that holds it. */
function faultsOf(error: z.ZodError): Fault[] {
  return error.issues
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({
            pointer: pointerTo([...issue.path, key]),
            detail: 'is no field of this request',
          }))
        : [{ pointer: pointerTo(issue.path), detail: issue.message }],
    )
    .slice(0, MOST_FAULTS)
}

const wrongType = () =>
  problem({
    status: 415,
    name: 'not-json',
    title: 'The body is of another type',
    detail: 'Send the body as application/json.',
  })

const tooLarge = () =>
  problem({
    status: 413,
    name: 'too-large',
    title: 'The body is too large',
    detail: `Send at most ${MOST_BYTES} bytes.`,
  })

const notJson = () =>
  problem({
    status: 400,
    name: 'malformed',
    title: 'The body is no JSON',
    detail: 'Send well-formed JSON in UTF-8.',
  })
