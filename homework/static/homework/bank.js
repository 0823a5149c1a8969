/** Comments of the bank in the comment field: two letters find one, `b` lists them by number, the star keeps one. */
import { send } from "../app/js/csrf.js";
import { say } from "./cards.js";

const MOST = 9;
const FEWEST_LETTERS = 2;

/**
 * @typedef {{ id: number, code: string, text: string }} Kept
 */

/** @returns {Kept[]} */
export function keptOnes() {
  const place = document.getElementById("bank");
  return place ? JSON.parse(place.textContent ?? "[]") : [];
}

/** Those that fit what is typed. @param {Kept[]} kept @param {string} typed @returns {Kept[]} */
export function fitting(kept, typed) {
  const wanted = typed.trim().toLowerCase();
  if (!wanted) return kept.slice(0, MOST);
  const begins = kept.filter((one) => one.code.startsWith(wanted));
  const holds = kept.filter((one) => !begins.includes(one) && one.text.toLowerCase().includes(wanted));
  return [...begins, ...holds].slice(0, MOST);
}

/** @param {HTMLElement} card @param {Kept[]} kept @param {DOMStringMap} words of the page */
export function setUpBank(card, kept, words) {
  const field = /** @type {HTMLElement} */ (card.querySelector("[data-bank-field]"));
  const input = /** @type {HTMLInputElement} */ (field.querySelector('input[name="comment"]'));
  const chosen = /** @type {HTMLInputElement} */ (field.querySelector('input[name="bank"]'));
  const list = /** @type {HTMLUListElement} */ (field.querySelector("[data-bank-list]"));
  const keep = /** @type {HTMLButtonElement} */ (field.querySelector("[data-bank-keep]"));
  /** @type {Kept[]} */
  let offered = [];
  let at = 0;
  list.id = `${input.id}-bank`;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-autocomplete", "list");

  const close = () => {
    list.hidden = true;
    offered = [];
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const show = () => {
    [...list.children].forEach((one, place) => one.setAttribute("aria-selected", String(place === at)));
    input.setAttribute("aria-activedescendant", `${list.id}-${at}`);
  };
  /** @param {Kept[]} found */
  const open = (found) => {
    offered = found;
    at = 0;
    if (!found.length) return close();
    list.replaceChildren(
      ...found.map((one, place) => {
        const line = document.createElement("li");
        line.id = `${list.id}-${place}`;
        line.setAttribute("role", "option");
        const key = document.createElement("kbd");
        key.textContent = String(place + 1);
        const text = document.createElement("span");
        text.textContent = one.text;
        line.append(key, text);
        line.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          choose(one);
        });
        return line;
      }),
    );
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    show();
  };
  /** @param {Kept} one */
  const choose = (one) => {
    input.value = one.text;
    chosen.value = String(one.id);
    close();
    offerToKeep();
  };
  const offerToKeep = () => {
    const text = input.value.trim();
    keep.hidden = !text || kept.some((one) => one.text === text);
  };

  input.addEventListener("input", () => {
    chosen.value = "";
    offerToKeep();
    if (input.value.trim().length >= FEWEST_LETTERS) open(fitting(kept, input.value));
    else close();
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (!offered.length) return;
    const place = Number(event.key) - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      at = (at + (event.key === "ArrowDown" ? 1 : -1) + offered.length) % offered.length;
      show();
    } else if (event.key === "Enter" || event.key === "Tab") choose(offered[at]);
    else if (event.key === "Escape") close();
    else if (!input.value && offered[place]) choose(offered[place]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  keep.addEventListener("click", async () => {
    const body = new FormData();
    body.set("text", input.value);
    body.set("question", words.question ?? "");
    try {
      const answer = await send(words.keepAt ?? "", { body, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const made = await answer.json();
      if (!kept.some((one) => one.id === made.id)) kept.unshift(made);
      chosen.value = String(made.id);
      keep.hidden = true;
      say(card, words.kept ?? "");
    } catch {
      say(card, words.failed ?? "");
    }
  });
  card.addEventListener("weike:bank", () => {
    input.focus();
    open(fitting(kept, ""));
  });
}
