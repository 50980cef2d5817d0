'use client'

import Link from 'next/link'
import { classes } from '@/app/_ui/classes'
import { StatusMark } from '@/app/_ui/status-mark'
import styles from './alerts.module.css'
import type { AlertGroup, AlertLine } from './groups'

/**
 * All suppliers in one table, a group of rows each, so that figures stand in the same columns down the page. A client
 * component though nothing in it moves: so the rows travel once, as data, and not as a tree of elements besides, which
 * for a few hundred rows is most of the page's bytes and of the work of rendering it.
 */
export function AlertTable({ groups, showRestaurant }: { groups: AlertGroup[]; showRestaurant: boolean }) {
  return (
    <table className={classes('data-table', styles.alerts)}>
      <caption className="sr-only">What to order from whom, worst first</caption>
      <thead>
        <tr>
          <th scope="col">Ingredient</th>
          {showRestaurant ? (
            <th scope="col" className="wide">
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
          <th scope="col" className={classes('end', styles.figure)}>
            Buy
          </th>
          <th scope="col" className={classes('end wide', styles.figure)}>
            Cost
          </th>
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group.id}>
          <tr className={styles.supplier}>
            <th scope="rowgroup" colSpan={showRestaurant ? 8 : 7}>
              <SupplierHead group={group} />
            </th>
          </tr>
          {group.lines.map((line) => (
            <AlertRow key={line.key} line={line} showRestaurant={showRestaurant} />
          ))}
          {group.rest ? (
            <tr>
              <td colSpan={showRestaurant ? 8 : 7} className={styles.others}>
                The worst {group.rest.shown} are shown.{' '}
                <Link href={group.rest.href} prefetch={false} className={styles.rest}>
                  All {group.items} of {group.name}
                </Link>
              </td>
            </tr>
          ) : null}
        </tbody>
      ))}
    </table>
  )
}

/** Who delivers, how to reach them, and what the order comes to. */
function SupplierHead({ group }: { group: AlertGroup }) {
  return (
    <>
      <div className={styles.names}>
        <h2>{group.name}</h2>
        {group.out > 0 ? <StatusMark tone="red">{group.out} OUT</StatusMark> : null}
        {group.isActive ? null : <StatusMark tone="amber">no longer delivers</StatusMark>}
        <p>
          {group.items}, <strong>{group.cost}</strong> to order
        </p>
      </div>
      <address className={styles.contact}>
        {group.contactPerson}
        <a href={`tel:${group.phone.replaceAll(/[^\d+]/g, '')}`}>{group.phone}</a>
        <a href={`mailto:${encodeURI(group.email)}`}>{group.email}</a>
        {group.delivery}
      </address>
    </>
  )
}

function AlertRow({ line, showRestaurant }: { line: AlertLine; showRestaurant: boolean }) {
  const level = { '--on-hand': `${line.onHandShare}%`, '--minimum': `${line.minimumShare}%` } as object
  return (
    <tr>
      <th scope="row">
        {line.ingredient}
        {showRestaurant ? <span className={styles.below}>{line.restaurant}</span> : null}
      </th>
      {showRestaurant ? <td className="wide">{line.restaurant}</td> : null}
      <td className="wide">
        {/* The figures beside it say the same. */}
        <div className={styles.level} style={level} />
      </td>
      <td className="end">
        {line.isOut ? <StatusMark tone="red">OUT</StatusMark> : null} {line.onHand}
        <span className={styles.below}>{`min ${line.minimum}\npar ${line.par}`}</span>
      </td>
      <td className="end wide">{line.minimum}</td>
      <td className="end wide">{line.par}</td>
      <td className="end">
        {line.buy}
        <span className={styles.below}>{line.cost}</span>
      </td>
      <td className="end wide">{line.cost}</td>
    </tr>
  )
}
