// Runs before the first paint, so that the page does not flash in the other theme.
/* global document, localStorage, matchMedia */
(function () {
  var theme = null;
  try {
    theme = localStorage.getItem('vw.theme');
  } catch {
    // Storage is refused: the system's theme it is.
  }
  if (theme !== 'light' && theme !== 'dark') {
    theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }
  document.documentElement.dataset.theme = theme;
})();
