/** The search page: suggestions while typing, filters opened where there is room, and what was not found is told. */
import { send } from "../app/js/csrf.js";

const WAIT_MS = 150;
const WIDE = "(min-width: 992px)";

/**
 * The combobox of the ARIA Authoring Practices, with a list that completes: the box keeps the focus, the arrow keys
 * move through the list, Enter takes what is marked, Escape closes.
 * @param {HTMLInputElement} box
 */
function suggest(box) {
  const list = /** @type {HTMLUListElement} */ (document.getElementById(box.getAttribute("aria-controls") ?? ""));
  const told = /** @type {HTMLElement} */ (box.parentElement?.querySelector("[data-suggest-told]"));
  let typed = box.value;
  let marked = -1;
  /** @type {number | undefined} */
  let timer;
  /** @type {AbortController | undefined} */
  let running;

  const options = () => /** @type {HTMLElement[]} */ ([...list.children]);

  function close() {
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    mark(-1);
    told.textContent = "";
  }

  /** @param {number} place */
  function mark(place) {
    marked = place;
    options().forEach((option, number) => option.setAttribute("aria-selected", String(number === place)));
    const option = options()[place];
    if (option) {
      box.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      box.removeAttribute("aria-activedescendant");
    }
  }

  /** @param {number} step */
  function move(step) {
    const count = options().length;
    // One place more than there are options: the box itself, with what was typed.
    const place = ((marked + 1 + step + count + 1) % (count + 1)) - 1;
    mark(place);
    box.value = options()[place]?.textContent ?? typed;
  }

  /** @param {string[]} words */
  function show(words) {
    list.replaceChildren(
      ...words.map((word, number) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${number}`;
        option.role = "option";
        option.textContent = word;
        option.setAttribute("aria-selected", "false");
        return option;
      }),
    );
    if (!words.length || document.activeElement !== box) {
      close();
      return;
    }
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
    mark(-1);
    const sentence = (words.length === 1 ? box.dataset.toldOne : box.dataset.toldMany) ?? "";
    told.textContent = sentence.replace("{count}", String(words.length));
  }

  async function ask() {
    running = new AbortController();
    try {
      const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(typed)}`, {
        signal: running.signal,
        headers: { Accept: "application/json" },
      });
      if (answer.ok) show(/** @type {string[]} */ (await answer.json()).filter((word) => word !== typed));
    } catch {
      // Typing on, or being offline, takes nothing away: the search itself works without suggestions.
    }
  }

  box.addEventListener("input", () => {
    typed = box.value;
    clearTimeout(timer);
    running?.abort();
    if (typed.trim()) timer = setTimeout(ask, WAIT_MS);
    else close();
  });
  box.addEventListener("keydown", (event) => {
    // Enter that ends an input method's composition is no search.
    if (event.isComposing || list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      box.value = typed;
      close();
    } else if (event.key === "Tab") {
      close();
    }
  });
  box.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => {
    // Before the box loses the focus, which closes the list.
    event.preventDefault();
    const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
    if (option) {
      box.value = option.textContent ?? "";
      box.form?.requestSubmit();
    }
  });
}

for (const box of document.querySelectorAll("[data-suggest]")) {
  suggest(/** @type {HTMLInputElement} */ (box));
}
for (const folded of document.querySelectorAll("[data-open-wide]")) {
  if (window.matchMedia(WIDE).matches) folded.setAttribute("open", "");
}
const vain = document.querySelector("[data-vain]");
if (vain instanceof HTMLElement) {
  send(vain.dataset.vainTo ?? "", { body: JSON.parse(vain.dataset.vain ?? "{}"), keepalive: true }).catch(() => {});
}
