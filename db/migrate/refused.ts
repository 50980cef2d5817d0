export type RefusalReason =
  | 'unreachable'
  | 'server_too_old'
  /** The folder itself is wrong: header, journal, more than one statement where only one may be. */
  | 'bad_file'
  | 'edited'
  | 'out_of_order'
  /** Applied in the database, unknown to this release, which can't run beside it. */
  | 'missing'
  /** The server refused a statement. */
  | 'failed'
  | 'lock_timeout'
  /** Only a backup leads back. */
  | 'no_way_back'
  | 'connection_lost'
  | 'stopped'

/** `message` is one sentence for the person at the terminal; `cause` is the driver's error where there is one. */
export type Refusal = { ok: false; reason: RefusalReason; message: string; cause?: unknown }

/** Carries an expected failure up to `migrate` or `status`, which hand it back as a value. */
export class Refused extends Error {
  override readonly name = 'Refused'

  constructor(
    readonly reason: RefusalReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }

  toValue(): Refusal {
    const { reason, message, cause } = this
    return cause === undefined ? { ok: false, reason, message } : { ok: false, reason, message, cause }
  }
}
