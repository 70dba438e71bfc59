// Keeps what is typed: on the server two seconds after the last key, on this device while the
// server cannot be reached or has signed us out. Says which, in words, below the form.
// A form says itself where its draft is kept (data-autosave); any other in which one writes at
// some length is kept under the address of its page.
import { forget, keep, kept } from "./kept.js";

const PAUSE = 2000;
const SENT = "alongside-sent";
const SIGNED_OUT = "You have been signed out";
const SOMEBODY_ELSE = "Somebody else is signed in here now";
const LINES = 2; // so many lines to type into make a form a long one; so does one box of text

const writer = () => document.body.dataset.person ?? "";
// Whose words these are: the server takes them from nobody else, whoever is signed in by now.
const mine = () => (writer() ? { "X-Written-By": writer() } : {});
const isTyped = (field) => field.name && !["hidden", "password", "file"].includes(field.type);

const clock = (when) => new Date(when).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

function wordsOf(form) {
  const words = {};
  const typed = new Set([...form.elements].filter(isTyped).map((field) => field.name));
  for (const [name, value] of new FormData(form))
    if (typed.has(name) && typeof value === "string") (words[name] ??= []).push(value);
  return words;
}

function putBack(form, words) {
  for (const field of form.elements) {
    const values = words[field.name];
    const ticks = field.type === "checkbox" || field.type === "radio";
    if (!isTyped(field) || (values === undefined && !ticks)) continue;
    const all = [].concat(values ?? []);
    if (ticks) field.checked = all.includes(field.value);
    else if (field.tagName !== "BUTTON") field.value = all[0];
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function watch(form) {
  const address = form.dataset.autosave;
  const name = `${writer()} ${address}`;
  const says = document.createElement("p");
  says.className = "house-saved";
  says.setAttribute("role", "status");
  form.append(says);
  const say = (words, state = "") => { says.textContent = words; says.dataset.state = state; };
  const offerToLeaveIt = () => {
    const no = document.createElement("button");
    no.type = "button";
    no.className = "house-link-button";
    no.textContent = "Throw this draft away";
    no.addEventListener("click", throwAway);
    says.append(" ", no);
  };
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
        headers: { ...mine(), "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken?.value ?? "" },
      });
      if (answer.redirected) throw new Error(SIGNED_OUT);
      if (answer.status === 409) throw new Error(SOMEBODY_ELSE);
      if (!answer.ok) throw new Error(String(answer.status));
      last = now;
      say(`Draft saved ${clock((await answer.json()).saved_at)}`);
      await forget(name).catch(() => {});
    } catch (why) {
      const because = [SIGNED_OUT, SOMEBODY_ELSE].includes(why.message) ? why.message : "No connection";
      await keep(name, words)
        .then(() => say(`${because}: kept on this device. It is back when you open this page again.`, "kept"))
        .catch(() => say(`${because}: not saved. Keep this page open.`, "kept"));
      clearTimeout(waiting);
      waiting = setTimeout(save, 15000);
    }
  }

  async function restore() {
    const onDevice = await kept(name).catch(() => null);
    if (onDevice) {
      putBack(form, onDevice);
      await save();
      say("What you wrote before is back.");
      return offerToLeaveIt();
    }
    const answer = await fetch(address, { headers: mine() }).catch(() => null);
    if (answer?.status !== 200 || answer.redirected) return;
    const { words, saved_at } = await answer.json();
    putBack(form, words);
    last = JSON.stringify(wordsOf(form));
    say(`Your draft from ${clock(saved_at)} is back.`);
    offerToLeaveIt();
  }

  async function throwAway() {
    sent = true;
    clearTimeout(waiting);
    await Promise.allSettled([forget(name), remove(address, form.elements.csrfmiddlewaretoken?.value)]);
    location.reload();
  }

  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(save, PAUSE); });
  form.addEventListener("submit", () => {
    sent = true;
    clearTimeout(waiting);
    sessionStorage.setItem(SENT, JSON.stringify({ address, name, writer: writer() }));
    keep(name, wordsOf(form)).catch(() => {}); // until we see that it arrived
  });
  addEventListener("online", save);
  document.addEventListener("house:leaving", save);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
  // A form that came back with errors already holds the newest words.
  if (!form.querySelector(".govuk-error-summary")) restore();
}

const remove = (address, token) =>
  fetch(address, { method: "DELETE", keepalive: true, headers: { ...mine(), "X-CSRFToken": token ?? "" } });

// The page after a form that was sent. With no errors in it, and the same person at it, the words
// are a record now, and the draft can go, here and on the server. After anything else (signed out,
// not found, not permitted, a fault) it stays.
async function letGo() {
  const sent = JSON.parse(sessionStorage.getItem(SENT) ?? "null");
  if (!sent) return;
  sessionStorage.removeItem(SENT);
  const arrived = document.body.matches("[data-arrived]") && sent.writer === writer();
  if (!arrived || document.querySelector(".govuk-error-summary")) return;
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  await Promise.allSettled([forget(sent.name), token && remove(sent.address, token)]);
}

function isLong(form) {
  if (form.matches("[hx-post], [data-leaves], [data-brief]")) return false;
  return form.querySelector("textarea") || form.querySelectorAll("input[type=text]").length >= LINES;
}

// Forms that name no draft of their own: one for each such form of a page.
function named(within) {
  const drafts = document.body.dataset.drafts;
  if (!drafts) return;
  const others = [...within.querySelectorAll("form[method=post]:not([data-autosave])")].filter(isLong);
  others.forEach((form, number) => {
    form.dataset.autosave = `${drafts}page${location.pathname}${number || ""}`.replace(/\/*$/, "/");
  });
}

export async function autosave(within = document) {
  await letGo();
  named(within);
  for (const form of within.querySelectorAll("form[data-autosave]:not([data-ready])")) {
    form.dataset.ready = "";
    watch(form);
  }
}
