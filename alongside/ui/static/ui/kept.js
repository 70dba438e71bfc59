// A copy of typed words on this device, for as long as the server does not have them.
// Each is sealed with a key that this browser cannot give away, and all go at sign-out.
const NAME = "alongside-kept";

function open() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("kept");
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function ask(mode, does) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const asked = does(database.transaction("kept", mode).objectStore("kept"));
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  } finally {
    database.close();
  }
}

async function key() {
  const found = await ask("readonly", (store) => store.get("key"));
  if (found) return found;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await ask("readwrite", (store) => store.put(made, "key"));
  return made;
}

export async function keep(name, words) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(words));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), plain);
  await ask("readwrite", (store) => store.put({ iv, sealed }, name));
}

export async function kept(name) {
  const found = await ask("readonly", (store) => store.get(name));
  if (!found) return null;
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: found.iv }, await key(), found.sealed);
  return JSON.parse(new TextDecoder().decode(plain));
}

export const forget = (name) => ask("readwrite", (store) => store.delete(name));
export const forgetAll = () => ask("readwrite", (store) => store.clear());
