import { drawUpChecklist } from '@/db/migrate/checklist/checklist'

/** Seconds that `--plan` foretells for a pending file; null where it can't tell of all its steps. */
export async function estimateOf(url: string, directory: string, name: string): Promise<number | null> {
  const { files } = await drawUpChecklist(url, { directory })
  const seconds = files.find((file) => file.name === name)?.steps.map(({ estimate }) => estimate.seconds)
  if (!seconds || seconds.includes(null)) return null
  return seconds.reduce<number>((sum, each) => sum + (each ?? 0), 0)
}
