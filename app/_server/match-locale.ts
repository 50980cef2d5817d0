const FALLBACK = 'en-GB'
/** Language, perhaps script, perhaps region: no extensions, which could ask for other digits and calendars. */
const TAG = /^[a-z]{2,3}(-[a-z]{4})?(-[a-z]{2})?$/i
/** Each locale costs a set of formatters that are kept, so strangers can't have all of them made. */
const MOST_LOCALES = 100
const seen = new Map<string, string>()

/** The first language of an `Accept-Language` header that this Node can write numbers in, else British English. */
export function matchLocale(accepted: string | null): string {
  for (const { tag } of byPreference(accepted ?? '')) {
    const locale = supported(tag)
    if (locale) return locale
  }
  return FALLBACK
}

function byPreference(header: string): { tag: string; quality: number }[] {
  return header
    .slice(0, 200)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const quality = parameters.find((parameter) => parameter.trim().startsWith('q='))
      return { tag, quality: quality ? Number(quality.trim().slice(2)) || 0 : 1 }
    })
    .filter(({ tag, quality }) => quality > 0 && TAG.test(tag))
    .sort((one, other) => other.quality - one.quality)
}

function supported(tag: string): string | undefined {
  const known = seen.get(tag)
  if (known) return known
  const [locale] = Intl.NumberFormat.supportedLocalesOf(tag)
  if (!locale || seen.size >= MOST_LOCALES) return undefined
  seen.set(tag, locale)
  return locale
}
