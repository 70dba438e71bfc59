// Wakes what the page already does without a script: errors take the focus, counts count,
// words are kept, signatures are drawn.
import { initAll } from "../build/govuk-frontend.js";
import { autosave } from "./autosave.js";
import { cover } from "./cover.js";
import { idle } from "./idle.js";
import { forgetAll } from "./kept.js";
import { signatures } from "./signature.js";

function wake(within) {
  initAll({ scope: within });
  signatures(within);
  autosave(within);
}

document.body.classList.add("js-enabled", "govuk-frontend-supported");
wake(document.body);
idle();
cover();
document.addEventListener("htmx:after:swap", () => wake(document.body));

for (const form of document.querySelectorAll("form[data-leaves]"))
  form.addEventListener("submit", () => { forgetAll().catch(() => {}); });
// A menu in the header closes on Escape and gives the focus back.
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.(".house-header details[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});
