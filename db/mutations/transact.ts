import type { Db } from '../client'

class Refusal<T> extends Error {
  constructor(readonly answer: T) {
    super('This transaction was rolled back on purpose: its caller gets the answer.')
  }
}

/**
 * A transaction that can think better of it: `throw refuse(answer)` undoes everything, and the answer is returned as
 * if it were the work's own. For what only shows once rows are locked and written, such as stock that runs out.
 */
export async function transact<T>(
  db: Db,
  work: (tx: Db, refuse: (answer: T) => Error) => Promise<T>,
): Promise<T> {
  try {
    return await db.transaction((tx) => work(tx, (answer) => new Refusal(answer)))
  } catch (error) {
    if (error instanceof Refusal) return error.answer
    throw error
  }
}
