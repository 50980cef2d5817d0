import { migrate } from '@/db/migrate/runner'

/** Brings a database that is ours up to date, for tests and benchmarks. Throws the runner's sentence where it refuses. */
export async function migrateOrThrow(url: string): Promise<void> {
  const result = await migrate(url)
  if (!result.ok) throw new Error(result.message)
}
