// Small comforts only; every page works without this file.
(function () {
  "use strict";

  // Leave blank fields out of the address, so that it is short enough to send.
  document.querySelectorAll("form[data-tidy]").forEach(function (form) {
    form.addEventListener("formdata", function (event) {
      var entries = Array.from(event.formData.entries());
      // Two fields may have one name, of which one is filled.
      entries.forEach(function (entry) { event.formData.delete(entry[0]); });
      entries.forEach(function (entry) {
        if (entry[1] !== "") event.formData.append(entry[0], entry[1]);
      });
    });
  });

  // Links to download a plan take along what is typed on its page, as its buttons do.
  document.querySelectorAll("form[data-carried]").forEach(function (form) {
    document.addEventListener("click", function (event) {
      var link = event.target.closest("main a[href]");
      if (!link || link.pathname !== new URL(form.action).pathname) return;
      var asked = new URLSearchParams(link.search);
      Array.from(form.elements).forEach(function (box) {
        var typed = box.type === "radio" ? box.checked && !box.defaultChecked : box.type === "text" && box.value !== box.defaultValue;
        if (typed) asked.set(box.name, box.value);
      });
      link.search = asked;
    });
  });

  // A page that the browser kept whole and shows again has the boxes as they were left; its list is that of the address.
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) {
      document.querySelectorAll("form[data-tidy]").forEach(function (form) { form.reset(); });
    }
  });

  // Load the suggestions when somebody first enters a search box.
  document.querySelectorAll("[data-suggest]").forEach(function (input) {
    input.addEventListener("focus", function () {
      import(input.dataset.suggest).then(function (module) { module.default(input); });
    }, { once: true });
  });

  // On a wide screen the panel of filters keeps its place and the focus after Apply; on a narrow one the results come first.
  var panel = document.querySelector("[data-panel]");
  if (panel && window.matchMedia("(min-width: 48.0625em)").matches) {
    var form = panel.closest("form");
    var key = "filters";
    form.addEventListener("submit", function () {
      if (!panel.contains(document.activeElement)) return;
      form.action = form.action.split("#")[0];
      keep(function (store) { store.setItem(key, JSON.stringify([scrollY, document.activeElement.id])); });
    });
    keep(function (store) {
      var left = JSON.parse(store.getItem(key));
      store.removeItem(key);
      var control = left && !location.hash && document.getElementById(left[1]);
      if (!control) return;
      control.focus({ preventScroll: true });
      scrollTo(0, left[0]);
    });
  }

  // The contents of a long page say which part is being read.
  var contents = document.querySelector("[data-contents]");
  if (contents && "IntersectionObserver" in window) {
    var links = Array.from(contents.querySelectorAll("a"));
    var observer = new IntersectionObserver(function (seen) {
      seen.forEach(function (entry) {
        if (!entry.isIntersecting) return;
        links.forEach(function (link) {
          if (link.hash === "#" + entry.target.id) link.setAttribute("aria-current", "true");
          else link.removeAttribute("aria-current");
        });
      });
    }, { rootMargin: "0px 0px -70% 0px" });
    links.forEach(function (link) {
      var part = document.getElementById(link.hash.slice(1));
      if (part) observer.observe(part);
    });
  }

  document.querySelectorAll("[data-print]").forEach(function (item) {
    item.hidden = false;
    item.querySelector("button").addEventListener("click", function () { window.print(); });
  });

  // Storage may be switched off; then the page begins at its top.
  function keep(use) {
    try { use(sessionStorage); } catch { /* as above */ }
  }
})();
