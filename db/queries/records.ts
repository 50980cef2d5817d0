import { DRAFT_SUBJECTS, type DraftSubject, type RecordSubject } from '@/domain/record'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'
import { readDrafted } from '../records/drafted'
import { keyText, type RecordKey } from '../records/kind'
import { type Documents, RECORDS } from '../records/kinds'

export type FoundRecord<Doc> = {
  /** For the form to show: as the change set makes it, where one is given. */
  doc: Doc
  /** As it is for everybody; null for what exists in the change set only. */
  live: Doc | null
  /** Whether the change set does something to it. */
  isDraft: boolean
}

type Scope<S extends RecordSubject> = ChainScope<S extends 'restaurant' ? 'chain:manage' : 'menu:edit'>

/**
 * A record as a document, live or as an open change set makes it; null where there is none. Change sets know the
 * subjects of `DRAFT_SUBJECTS`; all others are as they are.
 */
export async function getRecord<S extends RecordSubject>(
  db: Db,
  _scope: Scope<S>,
  subject: S,
  key: RecordKey,
  changeSetId: number | null,
): Promise<FoundRecord<Documents[S]> | null> {
  if (changeSetId !== null && isDraftSubject(subject)) {
    const { live, edit, doc } = await readDrafted(db, subject, key, changeSetId)
    return doc && ({ doc, live, isDraft: edit !== null } as FoundRecord<Documents[S]>)
  }
  const live = (await RECORDS[subject].read(db, [key], false)).get(keyText(key))
  return live ? { doc: live, live, isDraft: false } : null
}

const isDraftSubject = (subject: RecordSubject): subject is DraftSubject & typeof subject =>
  DRAFT_SUBJECTS.some((draft) => draft === subject)
