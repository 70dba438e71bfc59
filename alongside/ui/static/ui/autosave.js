// Keeps what is typed: on the server two seconds after the last key, on this device while there
// is no connection. Says which, in words, below the form.
import { forget, keep, kept } from "./kept.js";

const PAUSE = 2000;
const SENT = "alongside-sent";
const NEVER = new Set(["csrfmiddlewaretoken", "once", "version"]);

const clock = (when) => new Date(when).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

function wordsOf(form) {
  const words = {};
  for (const [name, value] of new FormData(form))
    if (typeof value === "string" && !NEVER.has(name)) (words[name] ??= []).push(value);
  for (const secret of form.querySelectorAll("input[type=password]")) delete words[secret.name];
  return words;
}

function putBack(form, words) {
  for (const field of form.elements) {
    const values = words[field.name];
    if (values === undefined || NEVER.has(field.name) || field.type === "file") continue;
    const all = [].concat(values);
    if (field.type === "checkbox" || field.type === "radio") field.checked = all.includes(field.value);
    else if (field.tagName !== "BUTTON") field.value = all[0];
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function watch(form) {
  const address = form.dataset.autosave;
  const name = `${document.body.dataset.person ?? ""} ${address}`;
  const says = document.createElement("p");
  says.className = "house-saved";
  says.setAttribute("role", "status");
  form.append(says);
  const say = (words, state = "") => { says.textContent = words; says.dataset.state = state; };
  let waiting = 0;
  let sent = false;
  let last = JSON.stringify(wordsOf(form));

  async function save() {
    const words = wordsOf(form);
    const now = JSON.stringify(words);
    if (sent || now === last) return;
    try {
      const answer = await fetch(address, {
        method: "POST",
        body: now,
        keepalive: now.length < 60000,
        headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken?.value ?? "" },
      });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      last = now;
      say(`Draft saved ${clock((await answer.json()).saved_at)}`);
      await forget(name).catch(() => {});
    } catch {
      await keep(name, words)
        .then(() => say("No connection: kept on this device", "kept"))
        .catch(() => say("No connection: not saved. Keep this page open.", "kept"));
      clearTimeout(waiting);
      waiting = setTimeout(save, 15000);
    }
  }

  async function restore() {
    const onDevice = await kept(name).catch(() => null);
    if (onDevice) {
      putBack(form, onDevice);
      say("What you wrote without a connection is back.");
      return save();
    }
    const answer = await fetch(address).catch(() => null);
    if (answer?.status !== 200 || answer.redirected) return;
    const { words, saved_at } = await answer.json();
    putBack(form, words);
    last = JSON.stringify(wordsOf(form));
    say(`Your draft from ${clock(saved_at)} is back.`);
  }

  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(save, PAUSE); });
  form.addEventListener("submit", () => {
    sent = true;
    clearTimeout(waiting);
    sessionStorage.setItem(SENT, JSON.stringify({ address, name }));
    keep(name, wordsOf(form)).catch(() => {}); // until we see that it arrived
  });
  addEventListener("online", save);
  document.addEventListener("house:leaving", save);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
  // A form that came back with errors already holds the newest words.
  if (!form.querySelector(".govuk-error-summary")) restore();
}

// The page after a form that was sent: with no errors in it, the words are a record now, and the
// draft can go, here and on the server.
function letGo() {
  const sent = JSON.parse(sessionStorage.getItem(SENT) ?? "null");
  if (!sent) return;
  sessionStorage.removeItem(SENT);
  if (document.querySelector(".govuk-error-summary")) return;
  forget(sent.name).catch(() => {});
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (token) fetch(sent.address, { method: "DELETE", keepalive: true, headers: { "X-CSRFToken": token } }).catch(() => {});
}

export function autosave(within = document) {
  letGo();
  for (const form of within.querySelectorAll("form[data-autosave]:not([data-ready])")) {
    form.dataset.ready = "";
    watch(form);
  }
}
