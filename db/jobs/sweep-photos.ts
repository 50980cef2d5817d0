import { randomUUID } from 'node:crypto'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parsePhotoName } from '@/domain/photo'
import type { SystemScope } from '@/domain/scope'
import type { Db } from '../client'
import { listKeptPhotos } from '../queries/photos'

const A_DAY_MS = 24 * 60 * 60 * 1000

/**
 * Removes the files of photos that no dish and no open change set has and no undo can bring back: uploads whose saving
 * was refused, drafts that were thrown away; and what broken-off uploads left. Files of the last day stay: somebody may
 * be about to save them. Returns the names removed.
 */
export async function sweepPhotos(db: Db, scope: SystemScope, folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  const old: string[] = []
  for (const name of names) if (await isOld(join(folder, name))) old.push(name)
  const photos = [...new Set(old.flatMap((name) => parsePhotoName(name)?.photo ?? []))]
  const kept = new Set(photos.length > 0 ? await listKeptPhotos(db, scope, { photos }) : [])
  const removed: string[] = []
  for (const name of old) {
    const photo = parsePhotoName(name)?.photo
    if (photo !== undefined && kept.has(photo)) continue
    if (await removeOld(join(folder, name))) removed.push(name)
  }
  return removed
}

/** Taken aside first: the same picture may be uploaded again at this moment, and that file is a new one. */
async function removeOld(path: string): Promise<boolean> {
  const aside = `${path}.${randomUUID()}`
  try {
    await rename(path, aside)
  } catch {
    return false
  }
  const isGone = await isOld(aside)
  if (isGone) await rm(aside, { force: true })
  else await rename(aside, path)
  return isGone
}

async function isOld(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  return found?.isFile() === true && Date.now() - found.mtimeMs > A_DAY_MS
}
