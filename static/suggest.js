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

  function close() {
    if (list.hidden) return;
    list.hidden = true;
    combobox.stop();
  }

  function option(item, number) {
    const element = document.createElement("li");
    element.id = list.id + "-" + number;
    element.setAttribute("role", "option");
    element.dataset.path = item.path;
    element.textContent = item.text;
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
      if (number !== asked) return; // a newer question is on its way
      list.replaceChildren(...items.map(option));
      status.textContent = items.length ? words.suggestCount.replace("0", items.length) : "";
      if (!items.length) return close();
      if (list.hidden) {
        list.hidden = false;
        combobox.start();
      }
    } catch {
      close(); // no connection: the search box still works
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, WAIT_MS);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || list.hidden) return;
    event.preventDefault(); // the first Escape closes the list and keeps the words
    close();
  });
  input.addEventListener("blur", () => setTimeout(close, WAIT_MS));
  list.addEventListener("mousedown", (event) => event.preventDefault()); // keep the focus in the box
  list.addEventListener("combobox-commit", (event) => { location.assign(event.target.dataset.path); });
  // Somebody quick may have typed before this file was here.
  if (input.value !== input.defaultValue) ask();
}
