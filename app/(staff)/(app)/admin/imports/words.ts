import type { ImportSummary } from '@/db/queries/imports'
import type { ImportVerdict, SheetKind } from '@/domain/sheet'

export const KIND_WORDS: Record<SheetKind, string> = {
  menu_item: 'Dishes',
  ingredient: 'Ingredients',
  supplier: 'Suppliers',
  recipe: 'Recipes',
}

export const VERDICT_WORDS: Record<ImportVerdict, string> = {
  added: 'Added',
  changed: 'Changed',
  same: 'As they are',
  refused: 'Refused',
}

export type UploadProblem = 'no_file' | 'too_large' | 'malformed' | 'no_kind'

export const UPLOAD_PROBLEMS: Record<UploadProblem, string> = {
  no_file: 'Choose a file with something in it, then press the button again.',
  too_large: 'This file is larger than 50 MB. Split it, and import one part after the other.',
  malformed: 'The file did not arrive whole. Choose it and press the button again.',
  no_kind: 'Choose what is in the file, then press the button again.',
}

/** How far an import is, in words and from 0 to 1; null where nothing is under way. */
export function progressOf(file: ImportSummary): { words: string; share: number } | null {
  if (file.state === 'checking') {
    const rows = file.added + file.changed + file.same + file.refused
    return { words: `Checking: ${rows.toLocaleString('en')} rows so far`, share: file.bytesRead / file.bytes }
  }
  if (file.state !== 'taking') return null
  const taken = file.takenAdded + file.takenChanged
  const all = file.added + file.changed
  return {
    words: `Taking: ${taken.toLocaleString('en')} of ${all.toLocaleString('en')} rows are in`,
    share: all === 0 ? 1 : taken / all,
  }
}

/** What an import is at, in two words. */
export function stateWords({ state, isRunning, isUndone }: ImportSummary): string {
  if (state === 'checking' || state === 'taking') return isRunning ? 'under way' : 'interrupted'
  if (state === 'checked') return 'checked, not taken'
  if (state === 'unreadable') return 'can’t be read'
  return isUndone ? 'taken, then undone' : 'taken'
}
