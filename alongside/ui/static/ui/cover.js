// The screen of a colleague who has walked away is covered: after so many seconds without a touch,
// in whichever page of ours, the page goes to the one that asks who is there. All pages of one
// browser know of each other, so that none is covered while another is worked in. They say so through
// the browser's storage, where only a time stands: our scripts listen to no messages of windows.
const TOLD_EVERY = 5000;
const TOUCHED = "alongside-touched";

export function cover() {
  const form = document.querySelector("form[data-cover]");
  const lasts = Number(form?.dataset.cover ?? 0) * 1000;
  if (!lasts) return;
  let touched = Date.now();
  let told = touched;

  function look() {
    const left = touched + lasts - Date.now();
    if (left > 0) return setTimeout(look, left);
    // Words that were typed go to the server first: autosave keeps them when a page is left.
    document.dispatchEvent(new Event("house:leaving"));
    setTimeout(() => form.submit(), 400);
  }

  function touch() {
    touched = Date.now();
    if (touched - told < Math.min(TOLD_EVERY, lasts / 3)) return;
    told = touched;
    localStorage.setItem(TOUCHED, String(touched));
  }

  addEventListener("storage", ({ key }) => { if (key === TOUCHED) touched = Date.now(); });
  for (const what of ["pointerdown", "keydown", "scroll", "input"])
    addEventListener(what, touch, { passive: true, capture: true });
  look();
}
