/**
 * First in every page of a package that is played. In its sandbox there are no cookies and no storage, and asking for
 * them is an error on which many packages stop: they are given some that are forgotten with the page. Pages of a
 * package can undo all of this; it is there for their comfort, not for our safety.
 */
(() => {
  /** @param {"localStorage" | "sessionStorage"} name */
  function lend(name) {
    try {
      window[name].getItem("");
      return; // it has one: it was not opened in the sandbox
    } catch {
      // refused: it gets one below
    }
    /** @type {Map<string, string>} */
    const kept = new Map();
    const methods = {
      getItem: (/** @type {string} */ key) => kept.get(String(key)) ?? null,
      setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(String(key), String(value)),
      removeItem: (/** @type {string} */ key) => void kept.delete(String(key)),
      clear: () => kept.clear(),
      key: (/** @type {number} */ number) => [...kept.keys()][number] ?? null,
    };
    const storage = new Proxy(methods, {
      get: (target, key) => (key === "length" ? kept.size : (Reflect.get(target, key) ?? kept.get(String(key)))),
      set: (_target, key, value) => Boolean(kept.set(String(key), String(value))),
      deleteProperty: (_target, key) => kept.delete(String(key)) || true,
      has: (target, key) => key in target || kept.has(String(key)),
    });
    Object.defineProperty(window, name, { configurable: true, value: storage });
  }

  function lendCookies() {
    try {
      void document.cookie;
      return;
    } catch {
      // refused
    }
    /** @type {Map<string, string>} */
    const kept = new Map();
    Object.defineProperty(document, "cookie", {
      configurable: true,
      get: () => [...kept].map(([name, value]) => `${name}=${value}`).join("; "),
      set: (/** @type {string} */ written) => {
        const [name, ...value] = String(written).split(";")[0].split("=");
        kept.set(name.trim(), value.join("=").trim());
      },
    });
  }

  /** To a sandbox its own pictures are a stranger's: drawn on a canvas they spoil it, unless they are asked for as such. */
  function askForPictures() {
    const { prototype } = HTMLImageElement;
    const source = /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(prototype, "src"));
    Object.defineProperty(prototype, "src", {
      ...source,
      set(/** @type {string} */ address) {
        if (!this.hasAttribute("crossorigin")) this.crossOrigin = "anonymous";
        source.set?.call(this, address);
      },
    });
  }

  askForPictures();
  lend("localStorage");
  lend("sessionStorage");
  lendCookies();
})();
