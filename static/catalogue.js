// Small comforts only; every page works without this file.
(function () {
  "use strict";

  // Leave blank fields out of the address, so that it is short enough to send.
  document.querySelectorAll("form[data-tidy]").forEach(function (form) {
    form.addEventListener("formdata", function (event) {
      Array.from(event.formData.entries()).forEach(function (entry) {
        if (entry[1] === "") {
          event.formData.delete(entry[0]);
        }
      });
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

  // On a narrow screen the filters fold behind a button, so that the results come first.
  var panel = document.querySelector("[data-panel]");
  if (panel && window.matchMedia("(max-width: 48em)").matches) {
    var title = panel.querySelector("h2");
    var chosen = Array.from(panel.querySelectorAll("input")).filter(function (input) {
      return input.type === "checkbox" ? input.checked : input.value;
    }).length;
    var button = document.createElement("button");
    button.type = "button";
    button.className = "filters__toggle";
    button.textContent = title.textContent + (chosen ? " (" + chosen + ")" : "");
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", function () {
      var open = button.getAttribute("aria-expanded") === "false";
      button.setAttribute("aria-expanded", String(open));
      panel.classList.toggle("filters--folded", !open);
    });
    title.replaceChildren(button);
    panel.classList.add("filters--folded");
  }
})();
