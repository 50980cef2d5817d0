import { Line } from '../load/line'

/** So many at once ask for something that is not kept yet; each on a connection of their own, each must be served. */
export async function askTogether(
  origin: string,
  path: string,
  count: number,
  headers: Record<string, string> = {},
): Promise<void> {
  const lines = Array.from({ length: count }, () => new Line(origin))
  const answers = await Promise.all(lines.map((line) => line.ask(path, { headers })))
  for (const line of lines) line.close()
  const failed = answers.find(({ status }) => status !== 200)
  if (failed) throw new Error(`${path} answered ${failed.status}: ${failed.body().slice(0, 300)}`)
}

/** Of one web process, as its metrics say. */
export async function countersOf(metricsPort: number) {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
  const read = (name: string) =>
    Number(new RegExp(`^${name.replaceAll(/[{}]/g, '\\$&')} (\\S+)$`, 'm').exec(text)?.[1] ?? 0)
  return {
    queries: read('brigade_db_queries_total'),
    statisticsLoads: read('brigade_mise_reads_total{name="cuisine statistics",result="loads"}'),
  }
}
