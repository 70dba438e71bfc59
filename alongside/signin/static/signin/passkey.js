// Asks the browser for a passkey and sends what it answers. Forms without this script stay hidden.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const listed = (keys) => keys?.map((key) => ({ ...key, id: bytes(key.id) }));

function asked(kind, { publicKey }) {
  const wish = { ...publicKey, challenge: bytes(publicKey.challenge) };
  if (kind === "get") return { publicKey: { ...wish, allowCredentials: listed(publicKey.allowCredentials) } };
  return { publicKey: {
    ...wish,
    user: { ...publicKey.user, id: bytes(publicKey.user.id) },
    excludeCredentials: listed(publicKey.excludeCredentials),
  } };
}

function answered(key) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (key.response[name]) response[name] = text(key.response[name]);
  if (key.response.getTransports) response.transports = key.response.getTransports();
  return {
    id: key.id, rawId: text(key.rawId), type: key.type, response,
    authenticatorAttachment: key.authenticatorAttachment,
    clientExtensionResults: key.getClientExtensionResults(),
  };
}

async function options(form) {
  if (!form.dataset.optionsAt) return JSON.parse(document.getElementById("passkey-options").textContent);
  const answer = await fetch(form.dataset.optionsAt, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  return (await answer.json()).request_options;
}

function wake(form) {
  const says = form.querySelector("[data-says]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    says.textContent = "Your device asks you now.";
    try {
      const kind = form.dataset.passkey;
      const key = await navigator.credentials[kind](asked(kind, await options(form)));
      form.elements.credential.value = JSON.stringify(answered(key));
      form.requestSubmit();
    } catch (fault) {
      says.textContent = fault.name === "SecurityError"
        ? "A passkey needs the site’s own name in the address, not a row of figures."
        : "Nothing was sent. Try again, or sign in another way.";
    }
  });
}

if (window.PublicKeyCredential) document.querySelectorAll("form[data-passkey]").forEach(wake);
