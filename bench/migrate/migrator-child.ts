import { migrate } from '@/db/migrate/runner'

/** A migrator in a process of its own: told a folder, it migrates, tells its progress, and says what came of it. */
const [url = ''] = process.argv.slice(2)
process.on('message', async (directory: string) => {
  const result = await migrate(url, { directory, report: (progress) => process.send?.({ progress }) })
  process.send?.({ result })
})
process.on('disconnect', () => process.exit())
process.send?.({ ready: true })
