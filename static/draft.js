// Keeps what somebody types into a form in this tab of the browser (sessionStorage), so that going away and coming
// back, a reload or a broken connection loses nothing, and shows progress. Nothing leaves the browser.
(function () {
  "use strict";

  var form = document.querySelector("form[data-draft]");
  if (!form) return;
  var notice = form.querySelector("[data-kept]");
  var anyKey = "draft of " + form.dataset.draft;
  // A report is on one method: what was begun on another is kept for that one, and does not become a report on this.
  var about = form.querySelector("select[name=use-method] option[selected]");
  var key = anyKey + (about && about.value ? " on " + about.value : "");
  // What was typed last, and the text of it that was downloaded, copied or sent: both as JSON.
  var draft = load();
  var atFirst = typed();

  function load() {
    try {
      return JSON.parse(sessionStorage.getItem(key)) || {};
    } catch {
      return {}; // storage is switched off: the page works, and warns before it is left
    }
  }

  function store() {
    try {
      sessionStorage.setItem(key, JSON.stringify(draft));
    } catch {
      // as above
    }
    window[isUnsaved() ? "addEventListener" : "removeEventListener"]("beforeunload", warn);
    showProgress();
  }

  function typed() {
    return JSON.stringify(Array.from(new FormData(form)).filter(function (entry) {
      return typeof entry[1] === "string" && entry[1] !== "";
    }));
  }

  function isUnsaved() {
    return Boolean(draft.typed) && draft.typed !== "[]" && draft.typed !== draft.saved;
  }

  function warn(event) {
    event.preventDefault();
    event.returnValue = true;
  }

  // Put what was typed last into the boxes. A title that a link brought stays where no other was typed.
  function fill() {
    if (!draft.typed) return;
    var before = typed();
    var entries = JSON.parse(draft.typed);
    Array.from(form.elements).forEach(function (control) {
      if (!control.name || control.type === "file") return;
      var values = entries.filter(function (entry) {
        return entry[0] === control.name;
      }).map(function (entry) { return entry[1]; });
      if (control.type === "checkbox") {
        control.checked = values.includes(control.value);
      } else if (values.length || form.hasAttribute("data-answered") || !control.defaultValue) {
        control.value = values[0] || "";
      }
    });
    if (typed() !== before) notice.hidden = false;
    store();
  }

  function showProgress() {
    function isAnswered(control) {
      return control.type === "checkbox" ? control.checked : control.type !== "button" && control.value.trim() !== "";
    }
    function show(name, count) {
      var bar = form.querySelector(name);
      if (!bar) return;
      bar.value = count;
      bar.nextElementSibling.textContent = count;
    }
    show("[data-begun]", Array.from(form.querySelectorAll("[data-first]")).filter(function (group) {
      return Array.from(group.querySelectorAll("input, select, textarea")).some(isAnswered);
    }).length);
    // But for the text that no page needs.
    show("[data-texts]", Array.from(form.querySelectorAll("[name^=section-]:not([name=section-use-tomorrow])")).filter(isAnswered).length);
  }

  function remember() {
    draft.typed = typed();
    store();
  }

  function saved() {
    draft.saved = atFirst;
    store();
  }

  // The answer to what was just sent holds all of it, of a chosen file too. Any other page may be older than the draft.
  var navigation = performance.getEntriesByType("navigation")[0];
  if (form.hasAttribute("data-answered") && (!navigation || navigation.type === "navigate")) {
    remember();
  } else {
    fill();
    // After the browser has put back what it remembers itself.
    window.addEventListener("load", fill);
  }
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) {
      draft = load();
      fill();
    }
  });
  form.addEventListener("input", remember);
  form.addEventListener("change", remember);

  document.addEventListener("submit", function (event) {
    if (event.target === form) {
      remember();
      window.removeEventListener("beforeunload", warn); // it is sent, and comes back with the answer
    } else {
      saved();
    }
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-copy], [data-open]")) saved();
  });
  form.querySelector("[data-afresh]").addEventListener("click", function (event) {
    if (!window.confirm(event.target.dataset.confirm)) return;
    draft = {};
    store();
    key = anyKey;
    store();
    location.assign(form.dataset.draft + location.search);
  });
})();
