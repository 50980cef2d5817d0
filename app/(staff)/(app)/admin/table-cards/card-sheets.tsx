import styles from './cards.module.css'
import { type QrCode, qrCode } from './qr'

/** One card: whose menu, its address as it is scanned and as it is typed, and the table's number if it has one. */
type Card = { key: string; name: string; address: string; table: number | null; code: QrCode; codeId: string }

const ON_A_SHEET = 8

/** Cards for so many tables of each restaurant, eight to a sheet. */
export function CardSheets({
  restaurants,
  origin,
  tables,
  first,
}: {
  restaurants: readonly { slug: string; name: string }[]
  /** Where guests reach this Brigade. */
  origin: string
  tables: number
  /** The number of the first table; null where they are not numbered. */
  first: number | null
}) {
  const codes = restaurants.map(({ slug, name }) => {
    const url = `${origin}/m/${slug}`
    const address = url.replace(/^https?:\/\//, '')
    return { slug, name, address, code: qrCode(url), codeId: `code-${slug}` }
  })
  const cards = codes.flatMap(({ slug, ...rest }) =>
    Array.from(
      { length: tables },
      (_, n): Card => ({ ...rest, key: `${slug} ${n}`, table: first === null ? null : first + n }),
    ),
  )
  const sheets = Array.from({ length: Math.ceil(cards.length / ON_A_SHEET) }, (_, n) =>
    cards.slice(n * ON_A_SHEET, (n + 1) * ON_A_SHEET),
  )
  return (
    // A sheet is wider than a phone: whoever has keys only must be able to move it sideways.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls takes the focus, or keys can't reach it
    <section className={styles.sheets} aria-label="The cards as they are printed" tabIndex={0}>
      {/* Each code is drawn once; the cards repeat it. */}
      <svg className="absolute size-0" aria-hidden="true">
        {codes.map(({ codeId, code }) => (
          <symbol key={codeId} id={codeId} viewBox={`0 0 ${code.size} ${code.size}`}>
            <path d={code.path} shapeRendering="crispEdges" />
          </symbol>
        ))}
      </svg>
      {sheets.map((sheet, n) => (
        <ol key={sheet[0]?.key} className={styles.sheet} aria-label={`Sheet ${n + 1} of ${sheets.length}`}>
          {sheet.map((card) => (
            <li key={card.key} className={styles.card}>
              <svg className={styles.code} role="img" aria-label={`QR code of ${card.address}`}>
                <use href={`#${card.codeId}`} />
              </svg>
              <div className={styles.words}>
                <span className={styles.name}>{card.name}</span>
                <span>Scan for tonight’s menu, with allergens.</span>
                {card.table === null ? null : <span className={styles.table}>Table {card.table}</span>}
                <span className={styles.address}>{card.address}</span>
              </div>
            </li>
          ))}
        </ol>
      ))}
    </section>
  )
}
