import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { parsePhotoName, photoUrl } from '@/domain/photo'

let folder: string
let photos: typeof import('./photos')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brigade-photos-'))
  vi.stubEnv('BRIGADE_DATA', folder)
  vi.stubEnv('DATABASE_URL', 'postgres://nobody@127.0.0.1/none')
  vi.stubEnv('AUTH_SECRET', 'x'.repeat(32))
  vi.resetModules()
  photos = await import('./photos')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#c33' } })
const store = (content: Uint8Array | string) => photos.storePhoto(new Blob([content as BlobPart]))

async function stored(content: Uint8Array): Promise<string> {
  const answer = await store(content)
  if (!answer.ok) throw new Error(`It was refused: ${answer.reason}`)
  return answer.photo
}

describe('an uploaded picture', () => {
  test('is kept in two widths of 4:3, as WebP', async () => {
    const photo = await stored(await picture(900, 500).jpeg().toBuffer())
    for (const [width, height] of [
      [1280, 960],
      [320, 240],
    ] as const) {
      const file = (await photos.readPhoto(photo, width)) ?? expect.fail('There is no file.')
      expect(await sharp(file).metadata()).toMatchObject({ format: 'webp', width, height })
    }
  })

  test('is turned as the camera held it, and says nothing of where it was taken', async () => {
    // Red above, blue below; the camera lay on its side.
    const blue = await sharp({ create: { width: 400, height: 150, channels: 3, background: '#00f' } })
      .png()
      .toBuffer()
    const upright = await picture(400, 300)
      .composite([{ input: blue, top: 150, left: 0 }])
      .png()
      .toBuffer()
    const onItsSide = await sharp(upright)
      .rotate(90)
      .withMetadata({ orientation: 8 })
      .withExifMerge({ IFD0: { Artist: 'A cook' }, IFD3: { GPSLatitude: '52/1 31/1 0/1' } })
      .jpeg()
      .toBuffer()
    expect(await sharp(onItsSide).metadata()).toMatchObject({ orientation: 8, width: 300 })
    expect((await sharp(onItsSide).metadata()).exif).toBeDefined()
    const photo = await stored(onItsSide)
    const file = (await photos.readPhoto(photo, 320)) ?? expect.fail('There is no file.')
    const { exif, orientation, icc, xmp } = await sharp(file).metadata()
    expect([exif, orientation, icc, xmp]).toEqual([undefined, undefined, undefined, undefined])
    const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true })
    const at = (x: number, y: number) => [
      ...data.subarray((y * info.width + x) * info.channels).subarray(0, 3),
    ]
    const [above, below] = [at(160, 20), at(160, 220)]
    expect(above[0]).toBeGreaterThan(above[2] ?? 0)
    expect(below[2]).toBeGreaterThan(below[0] ?? 0)
  })

  test('is kept once, under the name of its content, and no draft of it stays', async () => {
    const content = await picture(640, 480).png().toBuffer()
    expect(await stored(content)).toBe(await stored(content))
    expect((await readdir(join(folder, 'photos'))).every((name) => parsePhotoName(name))).toBe(true)
  })

  test('is what its content says, whatever it is called', async () => {
    for (const content of [
      'not a picture',
      '',
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
      await picture(20, 20).gif().toBuffer(),
      (await picture(200, 200).jpeg().toBuffer()).subarray(0, 400),
    ])
      expect(await store(content)).toEqual({ ok: false, reason: 'no_photo' })
  })

  test('is refused where it would unfold to more than anybody looks at', async () => {
    const bomb = await picture(8000, 6400).png({ compressionLevel: 9 }).toBuffer()
    expect(bomb.length).toBeLessThan(photos.MOST_PHOTO_BYTES)
    expect(await store(bomb)).toEqual({ ok: false, reason: 'no_photo' })
  })

  test('is refused where the file is too large', async () => {
    expect(await store(new Uint8Array(photos.MOST_PHOTO_BYTES + 1))).toEqual({
      ok: false,
      reason: 'photo_too_large',
    })
  })
})

test('the name of a photo leads to no other file', async () => {
  const photo = 'a'.repeat(64)
  expect(parsePhotoName(photoUrl(photo, 320).replace('/photos/', ''))).toEqual({ photo, width: 320 })
  for (const name of ['', '../secrets.json', `${photo}-321.webp`, `${photo}-320.webp/..`, `${photo}-320.jpg`])
    expect(parsePhotoName(name)).toBeNull()
  expect(await photos.readPhoto('b'.repeat(64), 320)).toBeNull()
})
