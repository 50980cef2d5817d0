/** A session that waits or is waited for. */
type Party = { pid: number; blockedBy: readonly number[] }

/** Who must go on before those under it can. */
export type LockNode<S extends Party> = { session: S; waiting: LockNode<S>[] }

/**
 * Sessions as a tree of who waits for whom: on top those that wait for nobody, under each session those that it keeps
 * waiting. A session with several blockers stands under one that waits itself, where there is such, since the others
 * are above that one; sessions that wait for each other in a ring stand under one of them.
 * @param sessions those that neither wait nor keep anybody waiting are left out
 */
export function lockTree<S extends Party>(sessions: readonly S[]): LockNode<S>[] {
  const byPid = new Map(sessions.map((session) => [session.pid, session]))
  const under = new Map<number, S[]>()
  for (const session of sessions) {
    const parent = parentOf(session, byPid)
    if (parent) under.set(parent.pid, [...(under.get(parent.pid) ?? []), session])
  }
  const placed = new Set<number>()
  const node = (session: S): LockNode<S> => {
    placed.add(session.pid)
    const waiting = (under.get(session.pid) ?? []).filter(({ pid }) => !placed.has(pid))
    return { session, waiting: waiting.map(node) }
  }
  const tops = sessions.filter((session) => !parentOf(session, byPid) && isParty(session, under))
  const tree = tops.map(node)
  // What is left waits in a ring, which PostgreSQL breaks after deadlock_timeout.
  for (const session of sessions)
    if (!placed.has(session.pid) && isParty(session, under)) tree.push(node(session))
  return tree
}

const isParty = <S extends Party>({ pid, blockedBy }: S, under: Map<number, S[]>) =>
  blockedBy.length > 0 || under.has(pid)

function parentOf<S extends Party>({ pid, blockedBy }: S, byPid: Map<number, S>): S | undefined {
  const blockers = blockedBy
    .map((blocker) => byPid.get(blocker))
    .filter((blocker): blocker is S => blocker !== undefined && blocker.pid !== pid)
  return blockers.find((blocker) => blocker.blockedBy.length > 0) ?? blockers[0]
}
