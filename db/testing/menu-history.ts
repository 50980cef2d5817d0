import fc from 'fast-check'
import { type DraftSubject, type Fields, pick, sameValue } from '@/domain/record'
import type { Db } from '../client'
import { dropEdit, saveDraft, settleConflicts } from '../mutations/drafts'
import { eightySix, unEightySix } from '../mutations/menu'
import { publishChangeSet } from '../mutations/publish'
import { reserveId, saveRecord } from '../mutations/records'
import { decision, undoPublication } from '../mutations/undo'
import { getRecord } from '../queries/records'
import { listEdits, readLive, recordName } from '../records/edits'
import type { RecordKey } from '../records/kind'
import type { AdminScope } from './admin'
import type { KitchenScope } from './kitchen'
import { chainKey, newChangeSet, newDish, overrideKey, readRecord } from './menu'

const small = fc.nat({ max: 7 })

/** What somebody does next. Numbers choose among what there is, by remainder. */
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('open' as const), who: small, what: small, where: small }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('save' as const),
      who: small,
      field: small,
      what: small,
      where: small,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('make' as const), who: small, where: small }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('publish' as const), who: small, set: small, where: small }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('undo' as const), who: small, which: small, choice: small }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('settle' as const), who: small, set: small, choice: small }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('drop' as const), who: small, set: small, which: small }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('86' as const), where: small, what: small, back: fc.boolean() }),
  },
)
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Groups of steps: those of one group happen at once. */
export const menuHistories = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), {
  minLength: 6,
  maxLength: 14,
})

type Form = { subject: DraftSubject; key: RecordKey; changeSetId: number | null; base: Fields }
/** A value of a field that somebody had in front of them when they decided to replace it. */
type Seen = {
  changeSetId: number | null
  publicationId: number | null
  record: string
  field: string
  value: unknown
}

let number = 0
/** No value is written twice, so that whose it is can be told. */
const unique = () => 1000 + ++number

/** Several admins and cooks at work on one menu, and what each of them had seen when they acted. */
export class MenuHistory {
  readonly seen: Seen[] = []
  /** What the live forms that were answered with "saved" had shown and sent. */
  readonly saved: { record: string; base: Fields | null; doc: Fields }[] = []
  readonly publications: number[] = []
  private readonly forms = new Map<number, Form>()

  private constructor(
    private readonly db: Db,
    private readonly admins: readonly AdminScope[],
    private readonly kitchens: readonly KitchenScope[],
    private readonly sets: readonly number[],
    private readonly dishes: RecordKey[],
  ) {}

  static async begin(db: Db, admins: readonly AdminScope[], kitchens: readonly KitchenScope[]) {
    const admin = choose(admins, 0)
    const sets = [
      await newChangeSet(db, admin, `Set ${unique()}`),
      await newChangeSet(db, admin, `Set ${unique()}`),
    ]
    const dishes = [
      await newDish(db, admin, { price: unique() }),
      await newDish(db, admin, { price: unique() }),
    ]
    return new MenuHistory(db, admins, kitchens, sets, dishes)
  }

  async take(next: Step): Promise<void> {
    switch (next.do) {
      case 'open':
        await this.open(next)
        break
      case 'save':
        await this.save(next)
        break
      case 'make':
        await this.make(next)
        break
      case 'publish':
        await this.publish(next)
        break
      case 'undo':
        await this.undo(next)
        break
      case 'settle':
        await this.settle(next)
        break
      case 'drop':
        await this.drop(next)
        break
      case '86':
        await this.eightySix(next)
    }
  }

  /** A form stays open until it is sent, however much happens meanwhile. */
  private async open({
    who,
    what,
    where,
  }: {
    who: number
    what: number
    where: number
  }): Promise<Form | null> {
    const dish = choose(this.dishes, what)
    const there = overrideKey(dish.id, choose(this.kitchens, where).restaurant.id)
    const [subject, key] = choose<[DraftSubject, RecordKey]>(
      [
        ['menu_item', dish],
        ['menu_item', dish],
        ['menu_override', there],
        ['category', chainKey(1)],
      ],
      what,
    )
    const changeSetId = choose([null, ...this.sets], where)
    const found = await getRecord(this.db, this.admin(who), subject, key, changeSetId)
    if (!found) return null
    const form = { subject, key, changeSetId, base: found.doc as Fields }
    this.forms.set(who % this.admins.length, form)
    return form
  }

  private async save(input: { who: number; field: number; what: number; where: number }): Promise<void> {
    const waiting = this.forms.get(input.who % this.admins.length)
    this.forms.delete(input.who % this.admins.length)
    const form = waiting ?? (await this.open(input))
    if (!form) return
    const { subject, key, changeSetId, base } = form
    const patch = patchOf(subject, base, input.field)
    const doc = { ...base, ...patch }
    const record = recordName(form)
    if (changeSetId === null) {
      const answer = await saveRecord(this.db, this.admin(input.who), subject, { key, base, doc } as never)
      if (answer.ok && answer.changed) this.saved.push({ record, base, doc })
      return
    }
    const answer = await saveDraft(this.db, this.admin(input.who), subject, {
      changeSetId,
      key,
      base,
      doc,
    } as never)
    if (answer.ok) this.note(changeSetId, null, record, pick(base, Object.keys(patch)))
  }

  private async make({ who, where }: { who: number; where: number }): Promise<void> {
    const admin = this.admin(who)
    const key = chainKey(await reserveId(this.db, admin, 'menu_item'))
    const doc = {
      ...(await readRecord(this.db, admin, 'menu_item', choose(this.dishes, 0))),
      price: unique(),
    }
    const changeSetId = choose([null, ...this.sets], where)
    const answer =
      changeSetId === null
        ? await saveRecord(this.db, admin, 'menu_item', { key, base: null, doc })
        : await saveDraft(this.db, admin, 'menu_item', { changeSetId, key, base: null, doc })
    if (!answer.ok) return
    const record = recordName({ subject: 'menu_item', key })
    if (changeSetId === null) this.saved.push({ record, base: null, doc })
    this.dishes.push(key)
    // For some restaurants it is published off the menu first.
    if (changeSetId !== null) this.note(changeSetId, null, record, { isAvailable: false })
  }

  private async publish({ who, set, where }: { who: number; set: number; where: number }): Promise<void> {
    const restaurantIds = choose([null, [0], [1], [0, 1]], where)
    const answer = await publishChangeSet(this.db, this.admin(who), {
      changeSetId: choose(this.sets, set),
      restaurantIds: restaurantIds?.map((n) => choose(this.kitchens, n).restaurant.id) ?? null,
    })
    if (answer.ok) this.publications.push(answer.publicationId)
  }

  private async undo({ who, which, choice }: { who: number; which: number; choice: number }): Promise<void> {
    if (this.publications.length === 0) return
    const publicationId = choose(this.publications, which)
    const first = await undoPublication(this.db, this.admin(who), { publicationId })
    if (first.ok) this.publications.push(first.publicationId)
    if (first.ok || first.reason !== 'conflicts') return
    const whose = choice % 2 === 0 ? 'keep' : 'undo'
    const decisions = first.conflicts.map((conflict) => decision(conflict, whose))
    for (const conflict of first.conflicts) {
      if (whose === 'undo')
        this.note(null, publicationId, recordName(conflict), { [conflict.field]: conflict.theirs })
    }
    const second = await undoPublication(this.db, this.admin(who), { publicationId, decisions })
    if (second.ok) this.publications.push(second.publicationId)
  }

  private async settle({ who, set, choice }: { who: number; set: number; choice: number }): Promise<void> {
    const changeSetId = choose(this.sets, set)
    const edits = await listEdits(this.db, changeSetId)
    const live = await readLive(this.db, edits, false)
    const settlements = edits.flatMap((edit) => {
      const now = live.get(recordName(edit))
      return Object.keys(now ? edit.patch : {})
        .filter((field) => !sameValue(now?.[field], edit.base?.[field]))
        .map((field) => ({
          editId: edit.id,
          record: recordName(edit),
          field,
          theirs: now?.[field],
          choice: choice % 2 === 0 ? ('mine' as const) : ('theirs' as const),
        }))
    })
    const answer = await settleConflicts(this.db, this.admin(who), { changeSetId, settlements })
    if (!answer.ok) return
    for (const { record, field, theirs } of settlements)
      this.note(changeSetId, null, record, { [field]: theirs })
  }

  private async drop({ who, set, which }: { who: number; set: number; which: number }): Promise<void> {
    const changeSetId = choose(this.sets, set)
    const edits = await listEdits(this.db, changeSetId)
    if (edits.length === 0) return
    await dropEdit(this.db, this.admin(who), { changeSetId, editId: choose(edits, which).id })
  }

  private async eightySix({
    where,
    what,
    back,
  }: {
    where: number
    what: number
    back: boolean
  }): Promise<void> {
    const kitchen = choose(this.kitchens, where)
    const { id: menuItemId } = choose(this.dishes, what)
    if (back) await unEightySix(this.db, kitchen, { menuItemId })
    else await eightySix(this.db, kitchen, { menuItemId, until: null })
  }

  private admin(who: number): AdminScope {
    return choose(this.admins, who)
  }

  private note(
    changeSetId: number | null,
    publicationId: number | null,
    record: string,
    fields: Fields,
  ): void {
    for (const [field, value] of Object.entries(fields)) {
      this.seen.push({ changeSetId, publicationId, record, field, value })
    }
  }
}

function patchOf(subject: DraftSubject, base: Fields, field: number): Fields {
  if (subject === 'menu_override') {
    return field % 3 === 0
      ? { isAvailable: choose([true, false, null], field) }
      : { price: field % 5 === 0 ? null : unique() }
  }
  if (subject === 'category') return { description: `Words ${unique()}` }
  const patches = [
    { price: unique() },
    { description: `Words ${unique()}` },
    { isAvailable: !base.isAvailable },
  ]
  return choose<Fields>([...patches, { ...patches[0], ...patches[1] }], field)
}

function choose<T>(list: readonly T[], n: number): T {
  const chosen = list[n % list.length]
  if (chosen === undefined) throw new Error('There is nothing to choose from.')
  return chosen
}
