/** The time zones that the server knows, and the one that a restaurant has under another of its names. */
export function timeZones(present?: string): string[] {
  const known = Intl.supportedValuesOf('timeZone')
  return present === undefined || known.includes(present) ? known : [present, ...known]
}
