'use client'

import { classes } from '@/app/_ui/classes'
import { useRowLinks } from '@/app/_ui/row-links'
import { StatusMark } from '@/app/_ui/status-mark'
import { DraftButton } from '@/app/(staff)/(app)/inventory/[restaurant]/orders/draft-button'
import { AlertRow } from './alert-row'
import styles from './alerts.module.css'
import type { AlertGroup } from './groups'

const COLUMNS = 8

/**
 * All suppliers in one table, a group of rows each, so that figures stand in the same columns down the page. A client
 * component though nothing in it moves: so the rows travel once, as data, and not as a tree of elements besides, which
 * for a few hundred rows is most of the page's bytes and of the work of rendering it.
 */
export function AlertTable({
  groups,
  showRestaurant,
  answering,
  draftId,
  back,
}: {
  groups: AlertGroup[]
  showRestaurant: boolean
  /** Which row shall show the form that answers it. */
  answering: { restaurantId: number; ingredientId: number } | null
  /** Of a draft that is made from here: one page makes one for each restaurant and supplier. */
  draftId: string
  /** This list, without a form in it. */
  back: string
}) {
  const columns = COLUMNS + (showRestaurant ? 1 : 0)
  const follow = useRowLinks()
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys press the links in it as clicks do
    <table className={classes('data-table', styles.alerts)} onClick={follow}>
      <caption className="sr-only">What to order from whom, worst first</caption>
      <thead>
        <tr>
          <th scope="col">Ingredient</th>
          {showRestaurant ? (
            <th scope="col" className={classes('wide', styles.restaurant)}>
              Restaurant
            </th>
          ) : null}
          <th scope="col" className={classes('wide', styles.levels)}>
            Level
          </th>
          <th scope="col" className={classes('end', styles.onHand)}>
            On hand
          </th>
          <th scope="col" className={classes('end wide', styles.figure)}>
            Minimum
          </th>
          <th scope="col" className={classes('end wide', styles.figure)}>
            Par
          </th>
          <th scope="col" className={classes('end wide', styles.lasts)}>
            Days left
          </th>
          <th scope="col" className={classes('end wide', styles.buy)}>
            Buy
          </th>
          <th scope="col" className={classes('end', styles.cost)}>
            <span className="md:hidden">Buy</span>
            <span className="max-md:hidden">Cost</span>
          </th>
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group.id}>
          <tr className={styles.supplier}>
            <th scope="rowgroup" colSpan={columns}>
              <SupplierHead group={group} draftId={draftId} />
            </th>
          </tr>
          {group.lines.map((line) => {
            const place = group.restaurants.find(({ id }) => id === line.restaurantId)
            return place ? (
              <AlertRow
                key={`${line.restaurantId}-${line.ingredientId}`}
                line={line}
                place={place}
                showRestaurant={showRestaurant}
                isAnswering={
                  line.restaurantId === answering?.restaurantId &&
                  line.ingredientId === answering.ingredientId
                }
                columns={columns}
                back={back}
              />
            ) : null
          })}
          {group.rest ? (
            <tr>
              <td colSpan={columns} className={styles.others}>
                The worst {group.rest.shown} are shown.{' '}
                <a href={group.rest.href} className={styles.rest}>
                  All {group.items} of {group.name}
                </a>
              </td>
            </tr>
          ) : null}
        </tbody>
      ))}
    </table>
  )
}

/** Who delivers, how to reach them, what the order comes to, and the way to its draft. */
function SupplierHead({ group, draftId }: { group: AlertGroup; draftId: string }) {
  return (
    <>
      <div className={styles.names}>
        <h2>{group.name}</h2>
        {group.out > 0 ? <StatusMark tone="red">{`${group.out} OUT`}</StatusMark> : null}
        {group.isActive ? null : <StatusMark tone="amber">no longer delivers</StatusMark>}
        <p>
          {`${group.items}, `}
          {group.cost === null ? (
            'nothing to order'
          ) : (
            <>
              <strong>{group.cost}</strong> to order
            </>
          )}
        </p>
        {group.isActive ? (
          <DraftButton
            id={draftId}
            supplier={{ id: group.id, name: group.name }}
            restaurants={group.restaurants}
          />
        ) : null}
      </div>
      <address className={styles.contact}>
        {group.contactPerson}
        <a href={`tel:${group.phone.replaceAll(/[^\d+]/g, '')}`}>{group.phone}</a>
        <a href={`mailto:${encodeURI(group.email)}`}>{group.email}</a>
        {group.delivery}
        {group.minimumOrder ? <span>{`from ${group.minimumOrder}`}</span> : null}
      </address>
    </>
  )
}
