'use client'

import History from 'lucide-react/icons/history'
import PanelRight from 'lucide-react/icons/panel-right'
import Undo from 'lucide-react/icons/undo-2'
import { useState } from 'react'
import type { OffDish, WallMove, WallSettings, WallTicket, WallView } from '@/domain/wall'
import { recallOn, stationOf } from '@/domain/wall-view'
import { useIsLive } from './clock'
import { EightySixDialog } from './eighty-six-dialog'
import { FullScreenButton } from './full-screen-button'
import { RecallDialog } from './recall-dialog'
import { SoundButton } from './sound-button'
import type { BookDish } from './use-dish-book'
import type { DishSwitch } from './use-dish-switch'
import type { LastBump } from './use-last-bump'
import type { Sounds } from './use-sounds'
import styles from './wall.module.css'

export type ToolProps = {
  slug: string
  view: WallView
  settings: WallSettings
  off: readonly OffDish[]
  dishes: readonly BookDish[]
  /** Null for who may not 86. */
  dishSwitch: DishSwitch | null
  lastBump: LastBump | null
  sounds: Sounds
  isAllDayOpen: boolean
  onAllDay: (isOpen: boolean) => void
  onPress: (move: WallMove, ticket: WallTicket) => void
}

/** What one does at a wall besides bumping. Nothing here works without a script, so nothing is there without one. */
export function Tools(props: ToolProps) {
  const [dialog, setDialog] = useState<'eighty_six' | 'recall' | null>(null)
  const { slug, view, settings, off, dishes, dishSwitch, lastBump, onPress } = props
  if (!useIsLive()) return null
  const close = () => setDialog(null)
  return (
    <div className={styles.tools}>
      {lastBump ? (
        <button
          type="button"
          className={styles.tool}
          onClick={() => onPress(lastBump.move, lastBump.ticket)}
          aria-label={`Recall ticket ${lastBump.ticket.callNumber}, the last one bumped here`}
        >
          <Undo className="size-[1em]" aria-hidden />#{lastBump.ticket.callNumber}
        </button>
      ) : null}
      <button
        type="button"
        className={styles.tool}
        onClick={() => setDialog('recall')}
        aria-label="Recall a ticket from the list"
        title="Bumped tickets"
      >
        <History className="size-[1em]" aria-hidden />
      </button>
      {dishSwitch ? (
        <button
          type="button"
          className={styles.tool}
          onClick={() => setDialog('eighty_six')}
          aria-label="86 a dish"
          title="86 a dish"
        >
          86
        </button>
      ) : null}
      <button
        type="button"
        className={styles.tool}
        onClick={() => props.onAllDay(!props.isAllDayOpen)}
        aria-pressed={props.isAllDayOpen}
        aria-label="All day"
        title="All day"
      >
        <PanelRight className="size-[1em]" aria-hidden />
      </button>
      <SoundButton sounds={props.sounds} />
      <FullScreenButton />
      {dialog === 'eighty_six' && dishSwitch ? (
        <EightySixDialog
          dishes={dishes}
          off={off}
          station={stationOf(view)}
          onTakeOff={dishSwitch.takeOffMenu}
          onClose={close}
        />
      ) : null}
      {dialog === 'recall' ? (
        <RecallDialog
          slug={slug}
          timeZone={settings.timeZone}
          recallOf={(ticket) => recallOn(ticket, view)}
          onRecall={onPress}
          onClose={close}
        />
      ) : null}
    </div>
  )
}
