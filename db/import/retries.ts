import { postgresCause } from '../client'

const TRIES = 5
/** Deadlock, lock not available, unique violation: somebody typed the same new ingredient at this moment. */
const PASSING = ['40P01', '55P03', '23505']

/** Whoever edits the same records or imports from another file may be in the way for a moment. */
export async function withRetries<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      const code = postgresCause(error)?.code ?? ''
      if (tries === TRIES || !PASSING.includes(code)) throw error
    }
  }
}
