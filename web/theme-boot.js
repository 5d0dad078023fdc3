// Runs before the first paint, so that a page never flashes in the other theme. Without a stored wish the system decides,
// and the style sheet needs no attribute for that. The name of the store is shared with theme.ts.
try {
  const wish = localStorage.getItem('plimsoll.theme');
  if (wish === 'chart' || wish === 'night') document.documentElement.dataset.theme = wish;
} catch {
  // Storage is forbidden in this browser: the system's wish it is.
}
