/** The id of the field of a name, so that words about it can lead to it. */
export const fieldId = (name: string): string => `field-${name.replaceAll('.', '-')}`

/** "Ingredient 3" for `lines.2.name`, by the words for `lines`; a field without words is called by its name. */
export function labelOf(labels: Readonly<Record<string, string>>, name: string): string {
  const [field = name, row] = name.split('.')
  const label = labels[name] ?? labels[field] ?? field
  return labels[name] === undefined && row !== undefined && /^\d+$/.test(row)
    ? `${label} ${Number(row) + 1}`
    : label
}
