/** A form's fields as the browser sends them: text by name. A box that is not ticked has no entry. */
export type FormValues = Record<string, string>

const MOST_PARTS = 4
const PART = /^[A-Za-z][A-Za-z0-9]*$|^\d{1,4}$/

type Tree = Map<string, unknown>

/**
 * Fields as nested values: `lines.0.quantity` is the quantity of the first of `lines`. Numbered parts become a list in
 * their order, whatever numbers are left out between them. A name that is none of ours stays as it is, as one name.
 */
export function nestedValues(entries: Iterable<readonly [string, unknown]>): Record<string, unknown> {
  const root: Tree = new Map()
  for (const [name, value] of entries) {
    const parts = name.split('.')
    const isPath = parts.length > 1 && parts.length <= MOST_PARTS && parts.every((part) => PART.test(part))
    place(root, isPath ? parts : [name], value)
  }
  return Object.fromEntries([...root].map(([name, value]) => [name, grown(value)]))
}

function place(tree: Tree, [part = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    tree.set(part, value)
    return
  }
  const known = tree.get(part)
  const branch: Tree = known instanceof Map ? known : new Map()
  tree.set(part, branch)
  place(branch, rest, value)
}

function grown(value: unknown): unknown {
  if (!(value instanceof Map)) return value
  const entries = [...(value as Tree)].map(([part, inner]) => [part, grown(inner)] as const)
  if (!entries.every(([part]) => /^\d+$/.test(part))) return Object.fromEntries(entries)
  return entries.sort(([one], [other]) => Number(one) - Number(other)).map(([, inner]) => inner)
}

/** Whether a field belongs to a field of a record: it is it, or one of its parts. */
export const isPartOf = (name: string, field: string): boolean =>
  name === field || name.startsWith(`${field}.`)

/** Whether two forms say the same of a field and all of its parts. */
export function sameField(one: FormValues, other: FormValues, field: string): boolean {
  const parts = (values: FormValues) =>
    JSON.stringify(
      Object.entries(values)
        .filter(([name, value]) => isPartOf(name, field) && value !== '')
        .map(([name, value]) => [name, value.replace(/\r\n?/g, '\n')])
        .sort(),
    )
  return parts(one) === parts(other)
}

/** A form with one field and all of its parts as another form has them. */
export function withField(values: FormValues, from: FormValues, field: string): FormValues {
  const others = Object.entries(values).filter(([name]) => !isPartOf(name, field))
  const taken = Object.entries(from).filter(([name]) => isPartOf(name, field))
  return Object.fromEntries([...others, ...taken])
}
