type Hooks = { [key: symbol]: ((text: string) => string | null) | undefined }
const hooks = globalThis as unknown as Hooks

/**
 * Which function sends a statement, such as `activity.getServerFigures`: the name that `npm run db:explain` knows it by,
 * with a folder before it (`mutations/orders.placeOrder`) where it is no query. Null for what nobody here sends, or where
 * no server of ours (bin/serve) runs, which reads the names from the source: they don't survive the bundler.
 */
export const statementName = (text: string): string | null =>
  hooks[Symbol.for('brigade.statementName')]?.(text) ?? null
