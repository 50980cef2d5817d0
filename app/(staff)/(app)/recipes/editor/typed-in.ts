/** What a field of one line holds now, by its name; null where there is none. */
export function typedIn(form: HTMLFormElement | null | undefined, name: string): string | null {
  const field = form?.elements.namedItem(name)
  return field instanceof HTMLInputElement || field instanceof HTMLSelectElement ? field.value : null
}
