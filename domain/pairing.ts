import { z } from 'zod'

/** Letters that nobody takes for another or for a digit, and that spell no words (RFC 8628, section 6.1). */
export const PAIRING_LETTERS = 'BCDFGHJKLMNPQRSTVWXZ'

export const PAIRING_CODE_LENGTH = 8

/** How long a screen shows one code, in minutes. */
export const PAIRING_MINUTES = 10

/** The code as people read it across a room and type it again: `WDJB-MJHT`. */
export const formatPairingCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`

/** A code however it was typed: small letters, spaces and dashes are as good. As it is stored: eight capital letters. */
export const pairingCodeSchema = z
  .string()
  .transform((typed) => typed.toUpperCase().replace(/[\s\p{Pd}]/gu, ''))
  .pipe(
    z
      .string()
      .regex(
        new RegExp(`^[${PAIRING_LETTERS}]{${PAIRING_CODE_LENGTH}}$`),
        'Write the eight letters that the screen shows, such as WDJB-MJHT.',
      ),
  )

/** What a screen is called in lists and in the log. */
export const deviceNameSchema = z
  .string()
  .trim()
  .min(1, 'Name the screen, such as Grill or Expo.')
  .max(80, 'Use at most 80 characters.')
