import { describe, expect, test } from 'vitest'
import { readMigrations } from '../files'
import { migrate } from '../runner'
import { catalog } from '../testing/catalog'
import { folderWith, gallery, releaseDatabase } from '../testing/gallery'
import { planFiles } from './steps'

const safe = await gallery('safe')

describe('the way back that the plan gives', () => {
  test.each(safe)('leads back: $name', async ({ text }) => {
    const { url, session } = await releaseDatabase()
    const directory = await folderWith(text)
    const before = await catalog(session)
    expect(await migrate(url, { directory })).toMatchObject({ ok: true })
    const migrations = await readMigrations(directory)
    const pending = migrations.map(({ name }) => name).filter((name) => name.startsWith('90'))
    const planned = await planFiles(migrations, new Set(pending))
    const steps = planned.flatMap((file) => file.steps.map(({ reverse }) => reverse))
    const reverses = steps.filter((reverse) => reverse !== null)

    for (const reverse of reverses.toReversed()) if (reverse !== '') await session.query(reverse)

    const after = await catalog(session)
    // Where a step has none, its own trace is all that may be left.
    if (reverses.length === steps.length) expect(after).toEqual(before)
  })

  test('is given for most of what is added', async () => {
    let whole = 0
    for (const { text } of safe) {
      const migrations = await readMigrations(await folderWith(text))
      const pending = migrations.map(({ name }) => name).filter((name) => name.startsWith('90'))
      const files = await planFiles(migrations, new Set(pending))
      if (files.every(({ steps }) => steps.every(({ reverse }) => reverse !== null))) whole++
    }
    expect(whole).toBeGreaterThanOrEqual(12)
  })
})
