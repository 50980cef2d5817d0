import { openSession, type Session } from '@/db/client'
import { e2eDatabaseUrl } from './database'
import { expect, expectAccessible, test } from './fixtures'

const opened: Session[] = []
async function session(applicationName: string): Promise<Session> {
  const made = await openSession(e2eDatabaseUrl(), { applicationName })
  opened.push(made)
  return made
}
test.afterEach(async () => {
  for (const each of opened.splice(0)) await each.close()
})

test('an admin sees figures with what is usual, and that nobody waits', async ({ page, login }) => {
  await login('admin')
  await page.goto('/overview')
  await page.getByRole('link', { name: 'Database' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Database')
  await expect(page.getByText('nobody is usual')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Who waits for whom' })).toBeHidden()
  const migrations = page.getByRole('region', { name: 'Migrations' })
  await expect(migrations.getByRole('definition').filter({ hasText: /^none$/ })).toBeVisible()
  const kept = page.getByRole('table', { name: 'What is kept at hand' })
  await expect(kept.getByRole('row').filter({ hasText: 'guest menus' })).toBeVisible()
})

test('shows who waits for whom while somebody does, by itself, and nothing of it after', async ({
  page,
  login,
}) => {
  await login('admin')
  await page.goto('/database')
  const report = await session('forgotten report')
  await report.query('begin; select from kitchen_feed limit 1')
  const migrator = await session('some migrator')
  const altering = migrator
    .query('begin; lock table kitchen_feed in access exclusive mode')
    .catch((error) => error.code)

  const tree = page.getByRole('region', { name: 'Who waits for whom' })
  // Whoever reads the feed meanwhile waits for the migrator in turn, and stands in the tree as well.
  const waiting = tree.getByRole('listitem').filter({ hasText: 'forgotten report' }).getByRole('listitem')
  await expect(waiting.filter({ hasText: 'some migrator' }).first()).toBeVisible()
  await expect(tree).toContainText('for AccessExclusiveLock on kitchen_feed')
  await expect(page.getByRole('table', { name: 'Transactions left open' })).toContainText('forgotten report')
  await expectAccessible(page)

  await report.query('rollback')
  await altering
  await migrator.query('rollback')
  await expect(tree).toBeHidden()
})
