type Read = (text: string) => unknown

/**
 * Arrays as they travel to and from PostgreSQL, by the number of their type and that of their elements (pg_type.dat, where
 * they never change). The driver would ask each server for them as it first connects, and where that connection ends
 * meanwhile its question fails with nobody to catch it.
 */
export const ARRAY_TYPES: ReadonlyMap<number, number> = new Map([
  [1000, 16], // bool
  [1001, 17], // bytea
  [1003, 19], // name
  [1005, 21], // int2
  [1007, 23], // int4
  [1009, 25], // text
  [1014, 1042], // bpchar
  [1015, 1043], // varchar
  [1016, 20], // int8
  [1021, 700], // float4
  [1022, 701], // float8
  [1028, 26], // oid
  [1115, 1114], // timestamp
  [1182, 1082], // date
  [1183, 1083], // time
  [1185, 1184], // timestamptz
  [1187, 1186], // interval
  [1231, 1700], // numeric
  [2951, 2950], // uuid
  [199, 114], // json
  [3807, 3802], // jsonb
])

type Token = '{' | '}' | ',' | { text: string } | null

/** A string in quotes with its escapes, or a bare word up to the next comma or brace. */
const TOKEN = /[{},]|"((?:[^"\\]|\\.)*)"|([^{},"]+)/gsu

function* tokens(text: string): Generator<Token> {
  for (const [whole, quoted, bare] of text.matchAll(TOKEN)) {
    if (quoted !== undefined) yield { text: quoted.replace(/\\(.)/gsu, '$1') }
    else if (bare !== undefined) yield bare === 'NULL' ? null : { text: bare }
    else yield whole as '{' | '}' | ','
  }
}

/**
 * The elements of PostgreSQL's text form of an array (its manual, 8.15.6), nested as they are. Bounds that do not begin
 * at 1 are left out.
 */
export function parseArray(text: string, read: Read = (element) => element): unknown[] {
  const open: unknown[][] = [[]]
  for (const token of tokens(text.slice(text.indexOf('{')))) {
    if (token === ',') continue
    if (token === '{') {
      const inner: unknown[] = []
      open.at(-1)?.push(inner)
      open.push(inner)
    } else if (token === '}') open.pop()
    else open.at(-1)?.push(token === null ? null : read(token.text))
  }
  return (open[0]?.[0] ?? []) as unknown[]
}

/** PostgreSQL's text form of an array. What is no array is handed on: somebody wrote it as text. */
export function formatArray(value: unknown, write: (element: unknown) => unknown = String): unknown {
  if (!Array.isArray(value)) return value
  const elements = value.map((element) => {
    if (element === null || element === undefined) return 'NULL'
    if (Array.isArray(element)) return formatArray(element, write)
    return `"${String(write(element)).replace(/["\\]/g, '\\$&')}"`
  })
  return `{${elements.join(',')}}`
}
