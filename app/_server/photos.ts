import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { PHOTO_WIDTHS, type PhotoWidth, photoHeight } from '@/domain/photo'
import { environment } from './environment'

/** Bytes of a file that may be uploaded: what phones take, and less than a form may hold (next.config.ts). */
export const MOST_PHOTO_BYTES = 6 * 1024 * 1024

/** A picture that unfolds to more than this is a bomb, or of no use on a phone: 50 megapixels. */
const MOST_PIXELS = 50_000_000
const READABLE = new Set(['jpeg', 'png', 'webp', 'avif', 'heif'])

/** Where the files of photos lie. */
export const photoFolder = (): string =>
  join(/* turbopackIgnore: true */ environment().BRIGADE_DATA, 'photos')
const fileOf = (photo: string, width: PhotoWidth) => join(photoFolder(), `${photo}-${width}.webp`)

export type StoredPhoto =
  /** `photo` is what `menu_items.photo` keeps. */
  { ok: true; photo: string } | { ok: false; reason: 'photo_too_large' | 'no_photo' }

/**
 * Keeps an uploaded picture, made anew: turned as the camera held it, cut to 4:3, in WebP at each width, and without
 * whatever else the file carried, such as where it was taken. What it is, its content says, never its name. Files are
 * named by the content of the widest, so that the same picture is kept once and a name never changes its meaning.
 */
export async function storePhoto(upload: Blob): Promise<StoredPhoto> {
  if (upload.size > MOST_PHOTO_BYTES) return { ok: false, reason: 'photo_too_large' }
  const made = await remake(Buffer.from(await upload.arrayBuffer()))
  if (!made) return { ok: false, reason: 'no_photo' }
  const photo = createHash('sha256')
    .update(made[0]?.content ?? '')
    .digest('hex')
  await mkdir(photoFolder(), { recursive: true })
  for (const { width, content } of made) await writeWhole(fileOf(photo, width), content)
  return { ok: true, photo }
}

async function remake(content: Buffer): Promise<{ width: PhotoWidth; content: Buffer }[] | null> {
  try {
    const options = { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: 1 } as const
    const { format } = await sharp(content, options).metadata()
    if (!format || !READABLE.has(format)) return null
    const made = []
    for (const width of PHOTO_WIDTHS) {
      const picture = sharp(content, options)
        .autoOrient()
        .resize(width, photoHeight(width), { fit: 'cover', position: 'attention' })
        .webp({ quality: 78 })
      made.push({ width, content: await picture.timeout({ seconds: 20 }).toBuffer() })
    }
    return made
  } catch {
    // Whatever it was, it was no picture that can be shown.
    return null
  }
}

/** Whoever reads it meanwhile finds all of it or nothing. */
async function writeWhole(path: string, content: Buffer): Promise<void> {
  const draft = `${path}.${randomUUID()}`
  const file = await open(/* turbopackIgnore: true */ draft, 'wx')
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path).catch(async (error) => {
    await rm(draft, { force: true })
    throw error
  })
}

/** The file of a photo, or null. */
export async function readPhoto(photo: string, width: PhotoWidth): Promise<Buffer | null> {
  try {
    return await readFile(fileOf(photo, width))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
