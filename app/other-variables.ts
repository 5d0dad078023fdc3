/** Variables of ours that are no setting of the server: of the commands that ask it, and of the tests. */
export const otherVariables: readonly string[] = [
  'PLIMSOLL_BOOTSTRAP_TOKEN',
  'PLIMSOLL_URL',
  'PLIMSOLL_TOKEN',
  'PLIMSOLL_SHARED',
  'PLIMSOLL_CHROMIUM',
];
