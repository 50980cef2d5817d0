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

test('an admin sees how the database is with what is usual, and opens the plan of a statement', async ({
  page,
  login,
}) => {
  const operator = await session('operator')
  await operator.query('create extension if not exists pg_stat_statements')
  await login('admin')
  await page.goto('/overview')
  await page.getByRole('link', { name: 'Database', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Database')
  await expect(page.getByText('nobody is usual')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Who waits for whom' })).toBeHidden()
  const migrations = page.getByRole('region', { name: 'Migrations' })
  await expect(migrations.getByRole('definition').filter({ hasText: /^none$/ })).toBeVisible()
  const kept = page.getByRole('table', { name: 'What is kept at hand' })
  await expect(kept.getByRole('row').filter({ hasText: 'guest menus' })).toBeVisible()
  const section = (name: string) => page.getByRole('region', { name, exact: true })
  const row = (table: string, words: string) =>
    page.getByRole('table', { name: table }).getByRole('row').filter({ hasText: words }).first()
  await expect(row('Connections by what they do', 'operator')).toBeVisible()
  await expect(row('The largest tables', 'recipes')).toBeVisible()
  await expect(section('Room for numbers')).toContainText('menu_items.id')
  await expect(page.getByText(/could not be read|took too long|may not be read/)).toHaveCount(0)

  // Each page asks who somebody is, so by the second picture this statement is counted and named.
  const statements = page.getByRole('table', { name: 'Statements by the time they took in all' })
  await page.getByRole('link', { name: 'Database', exact: true }).click()
  await statements.getByRole('link').first().click()
  await expect(page).toHaveURL(/\/database\/statements\/-?\d+$/)
  await expect(section('Statement').locator('code')).not.toBeEmpty()
  await expect(section('Plan')).toBeVisible()
  await expectAccessible(page)
})

test('shows who waits for whom while somebody does, by itself, and ends whoever holds them up when asked to', async ({
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

  // A transaction that was left open has no statement to cancel.
  await tree.getByText('End it…').click()
  await expect(tree.getByRole('button', { name: 'Cancel its statement' })).toHaveCount(0)
  await tree.getByRole('button', { name: 'Close its connection' }).click()
  await altering
  await migrator.query('rollback')
  await expect(tree).toBeHidden()
  await page.goto('/admin/audit?kind=database_session')
  await expect(page.getByText('forgotten report')).toBeVisible()
})
