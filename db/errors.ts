import { Overloaded } from './gate'

/** The backend or the network went away. What was in flight may or may not have happened; retry idempotently. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost'
}

/** Drizzle wraps what the driver throws; these look through the wrapping. */
function* causes(error: unknown): Generator<unknown> {
  for (let cause = error, depth = 0; cause && depth < 5; depth++) {
    yield cause
    cause = cause instanceof Error ? cause.cause : undefined
  }
}

/** The `Overloaded` inside an error, or null. */
export function overloadedCause(error: unknown): Overloaded | null {
  for (const cause of causes(error)) if (cause instanceof Overloaded) return cause
  return null
}

/** PostgreSQL's own report inside an error (SQLSTATE and, where one was hurt, the constraint), or null. */
export function postgresCause(error: unknown): { code: string; constraint: string | undefined } | null {
  for (const cause of causes(error)) {
    if (cause instanceof Error && cause.name === 'PostgresError') {
      const { code, constraint_name } = cause as Error & { code: string; constraint_name?: string }
      return { code, constraint: constraint_name }
    }
  }
  return null
}

/** Whether the connection went away: what was asked may or may not have happened. */
export function isConnectionLost(error: unknown): boolean {
  for (const cause of causes(error)) if (cause instanceof ConnectionLost) return true
  return false
}

/** Waited too long for a lock or for the statement, or was picked to resolve a deadlock. */
const PASSING_STATES = ['55P03', '57014', '40P01', '40001']

/** Whether PostgreSQL gave up on what may well succeed when it is asked again; nothing was done. */
export const isPassing = (error: unknown): boolean =>
  PASSING_STATES.includes(postgresCause(error)?.code ?? '')
