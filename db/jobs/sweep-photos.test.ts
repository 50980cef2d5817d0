import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemScope } from '@/domain/scope'
import { discardChangeSet } from '../mutations/drafts'
import { type AdminScope, adminOf } from '../testing/admin'
import { testDatabase } from '../testing/database'
import { addChain } from '../testing/kitchen'
import { draftEdit, liveEdit, newChangeSet, newDish } from '../testing/menu'
import { sweepPhotos } from './sweep-photos'

const held = testDatabase()
let admin: AdminScope
let folder: string

beforeAll(async () => {
  const data = await mkdtemp(join(tmpdir(), 'brigade-sweep-'))
  folder = join(data, 'photos')
  await mkdir(folder)
  await addChain(held.db)
  admin = await adminOf(held.db)
})
afterAll(async () => {
  await rm(join(folder, '..'), { recursive: true })
})

const photo = (letter: string) => letter.repeat(64)

async function keep(name: string, daysOld: number): Promise<void> {
  const path = join(folder, name)
  const at = new Date(Date.now() - daysOld * 24 * 60 * 60 * 1000)
  await writeFile(path, name)
  await utimes(path, at, at)
}

test('photos that a dish, an open change set or an undo may want stay, and so do those of today; all others go', async () => {
  const key = await newDish(held.db, admin, { photo: photo('a') })
  await liveEdit(held.db, admin, 'menu_item', key, { photo: photo('b') })
  await liveEdit(held.db, admin, 'menu_item', key, { photo: null })
  const [open, gone] = [
    await newChangeSet(held.db, admin, 'Open'),
    await newChangeSet(held.db, admin, 'Gone'),
  ]
  await draftEdit(held.db, admin, open, 'menu_item', key, { photo: photo('c') })
  await draftEdit(held.db, admin, gone, 'menu_item', key, { photo: photo('d') })
  for (const letter of 'abcdef')
    for (const width of [1280, 320]) await keep(`${photo(letter)}-${width}.webp`, letter === 'f' ? 0 : 2)
  await keep(`${photo('a')}-320.webp.of-an-upload-that-broke-off`, 2)

  expect(await sweepPhotos(held.db, systemScope(), folder)).toHaveLength(3)
  const left = async () => [...new Set((await readdir(folder)).map((name) => name.slice(0, 1)))].sort()
  expect(await left()).toEqual(['a', 'b', 'c', 'd', 'f'])
  expect(await readdir(folder)).toHaveLength(10)

  await discardChangeSet(held.db, admin, { changeSetId: gone })
  expect(await sweepPhotos(held.db, systemScope(), folder)).toHaveLength(2)
  expect(await left()).toEqual(['a', 'b', 'c', 'f'])
})
