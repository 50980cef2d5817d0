export type ConnectionBudget = {
  /** Connections that the web processes, a migrator and housekeeping can have open at once. */
  needed: number
  /** What the server has for those who are no superusers. */
  available: number
  fits: boolean
}

/** Beside its pool each web process has one connection that listens. */
const LISTENERS = 1
/** A migration in business hours, or an operator's command. */
const MIGRATORS = 1
/** One holds the lock, the other one works; whichever process leads. */
const HOUSEKEEPERS = 2
/** Where there are several processes they are replaced one by one, each by one that serves before it ends. */
const replacements = (processes: number) => (processes > 1 ? 1 : 0)

/** Whether all web processes of one machine can open all of their connections, so that none is refused one in a rush. */
export function connectionBudget({
  processes,
  poolMax,
  maxConnections,
  reserved,
}: {
  processes: number
  poolMax: number
  maxConnections: number
  /** Kept by the server for superusers and whoever has `pg_use_reserved_connections`. */
  reserved: number
}): ConnectionBudget {
  const most = processes + replacements(processes)
  const needed = most * (poolMax + LISTENERS) + MIGRATORS + HOUSEKEEPERS
  const available = maxConnections - reserved
  return { needed, available, fits: needed <= available }
}

/** The same in a sentence that says what to do where it does not fit. */
export function budgetInWords({ needed, available, fits }: ConnectionBudget, processes: number): string {
  const each = processes === 1 ? 'One web process' : `${processes} web processes`
  if (fits) return `${each} may open ${needed} of the ${available} connections that PostgreSQL has for them.`
  const poolMax =
    Math.floor((available - MIGRATORS - HOUSEKEEPERS) / (processes + replacements(processes))) - LISTENERS
  const way =
    poolMax < 1
      ? `run fewer processes (WEB_CONCURRENCY) or raise max_connections to ${needed} and more`
      : `set POOL_MAX to ${poolMax}, or raise max_connections`
  return `${each} may open ${needed} connections, and PostgreSQL has only ${available} for them: ${way}, or some requests will be refused in a rush.`
}
