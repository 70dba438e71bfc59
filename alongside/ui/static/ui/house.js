// Wakes what the page already does without a script: errors take the focus, counts count.
import { initAll } from "../build/govuk-frontend.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
// A piece of the page that htmx brought in has the same components in it.
document.addEventListener("htmx:after:swap", (event) => initAll({ scope: event.target }));
