// A resident’s own pages close by themselves when nobody touches them for as long as the page says.
// While somebody does, the server is told, so that it does not close them either.
const TOLD_EVERY = 15000;

export function idle() {
  const at = document.querySelector("[data-idle]");
  if (!at) return;
  const lasts = Number(at.dataset.idle) * 1000;
  let told = Date.now();
  let leaving = setTimeout(leave, lasts);

  function leave() {
    // Words that were typed go to the server first: autosave keeps them when a page is left.
    document.dispatchEvent(new Event("house:leaving"));
    setTimeout(() => { location.href = at.dataset.idleOut; }, 400);
  }

  function touched() {
    clearTimeout(leaving);
    leaving = setTimeout(leave, lasts);
    if (Date.now() - told < Math.min(TOLD_EVERY, lasts / 3)) return;
    told = Date.now();
    fetch(at.dataset.idleHere, { keepalive: true }).catch(() => {});
  }

  for (const what of ["pointerdown", "keydown", "scroll", "input"])
    addEventListener(what, touched, { passive: true, capture: true });
}
