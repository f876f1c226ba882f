// Suggestions under the search box, by the ARIA combobox pattern. catalogue.js loads this when
// somebody first enters a search box; without it the box is a plain search box.
import Combobox from "./vendor/combobox-nav-3.0.2.js";

const WAIT_MS = 150;
const LEAST_LETTERS = 2;

export default function suggest(input) {
  const words = input.dataset;
  const list = document.createElement("ul");
  list.id = input.id + "-suggestions";
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.suggestLabel);
  list.hidden = true;
  const status = document.createElement("div");
  status.className = "govuk-visually-hidden";
  status.setAttribute("role", "status");
  input.closest(".searchbox__row").append(list, status);

  const combobox = new Combobox(input, list, { tabInsertsSuggestions: false });
  let waiting, asked = 0;

  // Also forgets what was asked, so that no late answer opens the list again.
  function close() {
    clearTimeout(waiting);
    asked++;
    if (list.hidden) return;
    list.hidden = true;
    status.textContent = "";
    combobox.stop();
  }

  function option(item, number) {
    const element = document.createElement("li");
    element.id = list.id + "-" + number;
    element.setAttribute("role", "option");
    element.dataset.path = item.path;
    const name = document.createElement("span");
    name.textContent = item.text;
    if (item.language) name.lang = item.language;
    element.append(name);
    if (item.also) {
      const also = document.createElement("span");
      also.className = "suggestions__also";
      also.textContent = " " + item.also;
      element.append(also);
    }
    return element;
  }

  async function ask() {
    const typed = input.value.trim();
    const number = ++asked;
    if (typed.length < LEAST_LETTERS) return close();
    try {
      const answer = await fetch(words.suggestUrl + "?q=" + encodeURIComponent(typed));
      const items = answer.ok ? (await answer.json()).items : [];
      // A newer question is on its way, or the box was left while its script was loading.
      if (number !== asked || document.activeElement !== input) return;
      combobox.clearSelection();
      list.replaceChildren(...items.map(option));
      status.textContent = items.length ? words.suggestCount.replace("0", items.length) : "";
      if (!items.length) return close();
      if (list.hidden) {
        list.hidden = false;
        combobox.start();
      }
    } catch {
      if (number === asked) close(); // no connection: the search box still works
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, WAIT_MS);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (!list.hidden) event.preventDefault(); // the first Escape closes the list and keeps the words
    close();
  });
  input.addEventListener("blur", close);
  window.addEventListener("pagehide", close); // a page that the browser brings back shows no old list
  list.addEventListener("mousedown", (event) => event.preventDefault()); // keep the focus in the box
  list.addEventListener("combobox-commit", (event) => { location.assign(event.target.dataset.path); });
  // Somebody quick may have typed before this file was here.
  if (input.value !== input.defaultValue) ask();
}
