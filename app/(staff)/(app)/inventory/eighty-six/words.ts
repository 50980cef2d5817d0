/** Why a suggestion was not followed: stock or the menu moved on since it was made. */
export const FOLLOW_WORDS = {
  can_be_prepared: 'There is enough for it again, so it stays on the menu.',
  cannot_be_prepared: 'Something for it is missing again, so it stays off.',
  already_over: 'The trading day ended just now. Press it again.',
  unknown_dish: 'This dish is not on this menu any more.',
}
