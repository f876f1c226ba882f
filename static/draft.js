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
  var isKept = false; // whether this tab holds the draft, so that only closing it loses anything
  // What was typed last, and the text of it that was downloaded, copied or sent: both as JSON.
  var draft = load(key);
  var atFirst = typed();

  function load(name) {
    try {
      return JSON.parse(sessionStorage.getItem(name)) || {};
    } catch {
      return {}; // storage is switched off: the page works, and warns before it is left
    }
  }

  function store() {
    isKept = false;
    try {
      sessionStorage.setItem(key, JSON.stringify(draft));
      isKept = true;
    } catch {
      // as above
    }
    window[isUnsaved(draft) ? "addEventListener" : "removeEventListener"]("beforeunload", warn);
    showProgress();
  }

  function typed() {
    return JSON.stringify(Array.from(new FormData(form)).filter(function (entry) {
      return typeof entry[1] === "string" && entry[1] !== "";
    }));
  }

  function isUnsaved(found) {
    return Boolean(found.typed) && found.typed !== "[]" && found.typed !== found.saved;
  }

  function warn(event) {
    event.preventDefault();
    event.returnValue = true;
  }

  // Another page of this site opens in this tab, where the draft stays.
  function goOn() {
    if (isKept) window.removeEventListener("beforeunload", warn);
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
    // A link that brought the name of another method was followed.
    var title = form.elements.title;
    notice.querySelector("[data-other]").hidden = form.hasAttribute("data-answered") || !title || !title.defaultValue ||
      title.value === title.defaultValue;
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
      draft = load(key);
      fill();
    }
  });
  form.addEventListener("input", remember);
  form.addEventListener("change", remember);

  document.addEventListener("submit", function (event) {
    if (event.target === form) {
      remember();
      window.removeEventListener("beforeunload", warn); // it is sent, and comes back with the answer
    } else if (event.target.dataset.replaces && isUnsaved(load("draft of " + event.target.dataset.replaces)) &&
        !window.confirm(event.target.dataset.confirm)) {
      event.preventDefault();
    } else if (event.target.method === "post") {
      saved();
    } else {
      goOn();
    }
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-copy], [data-open]")) saved();
    var link = event.target.closest("a[href]");
    var elsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
    if (link && link.origin === location.origin && link.pathname !== location.pathname && !elsewhere) goOn();
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
