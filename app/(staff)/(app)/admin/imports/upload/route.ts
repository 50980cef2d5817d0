import { randomUUID } from 'node:crypto'
import { rename, rm } from 'node:fs/promises'
import { FOREIGN_ORIGIN } from '@/app/_server/agreed.mjs'
import { database } from '@/app/_server/database'
import { environment, ownOrigins } from '@/app/_server/environment'
import { goOn, importFile, MOST_FILE_BYTES } from '@/app/_server/imports'
import { isOwnOrigin } from '@/app/_server/origin'
import { unavailable } from '@/app/_server/problem'
import { requireChain } from '@/app/_server/session'
import { receiveFile } from '@/app/_server/upload'
import { createImport } from '@/db/mutations/imports'
import { SHEET_KINDS } from '@/domain/sheet'
import type { UploadProblem } from '../words'

/** Takes a file from the form of the page above and shows what is to become of its rows. */
export async function POST(request: Request): Promise<Response> {
  const scope = await requireChain('menu:edit')
  if (!isOwnOrigin(request.headers, ownOrigins(environment())))
    return new Response(FOREIGN_ORIGIN, { status: 403 })
  const waiting = importFile(randomUUID())
  try {
    const upload = await receiveFile(request, waiting, { mostBytes: MOST_FILE_BYTES })
    if (!upload.ok) return back(upload.reason)
    const kind = SHEET_KINDS.find((known) => known === upload.fields.kind)
    if (!kind) return back('no_kind')
    const fileName = readable(upload.fileName)
    const importId = await createImport(database(), scope, { ...upload, kind, fileName })
    await rename(waiting, importFile(importId))
    await goOn(scope, importId, 'checking')
    return to(`/admin/imports/${importId}`)
  } catch (error) {
    const busy = unavailable(error)
    if (busy) return busy
    throw error
  } finally {
    await rm(waiting, { force: true })
  }
}

const readable = (name: string): string =>
  name
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(-150) || 'file.csv'

/** A relative address, for the browser knows under which name it reached us. */
const to = (location: string) => new Response(null, { status: 303, headers: { location } })

const back = (problem: UploadProblem) => to(`/admin/imports?problem=${problem}`)
