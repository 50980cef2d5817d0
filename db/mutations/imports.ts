import { sql } from 'drizzle-orm'
import type { ChainScope } from '@/domain/scope'
import type { SheetKind } from '@/domain/sheet'
import type { Db } from '../client'
import { areRowsOld } from '../fragments/import-rows'

export type UploadedFile = { kind: SheetKind; fileName: string; bytes: number; contentHash: string }

/** Records a file that was uploaded and is to be checked next; returns its number. */
export async function createImport(
  db: Db,
  scope: ChainScope<'menu:edit'>,
  { kind, fileName, bytes, contentHash }: UploadedFile,
): Promise<number> {
  const [row] = await db.execute<{ id: number }>(sql`
    insert into imports (kind, file_name, bytes, content_hash, created_by)
    values (${kind}, ${fileName}, ${bytes}, ${contentHash}, ${scope.actor.userId}) returning id`)
  if (!row) throw new Error('The import was not recorded.')
  return row.id
}

/** Says that the good rows of a checked file are to be taken; false where somebody else was first, or they are gone. */
export async function beginTaking(
  db: Db,
  _scope: ChainScope<'menu:edit'>,
  { importId }: { importId: number },
): Promise<boolean> {
  const begun = await db.execute(sql`
    update imports i set state = 'taking'
    where id = ${importId} and state = 'checked' and added + changed > 0 and not ${areRowsOld} returning 1`)
  return begun.length > 0
}
