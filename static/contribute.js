// Copies the text of a finished file at a press. Without this file the text can be selected and copied.
(function () {
  "use strict";

  document.querySelectorAll("[data-copy]").forEach(function (button) {
    var text = document.getElementById(button.dataset.copy);
    var status = document.querySelector("[data-copy-status]");

    function copied() { status.textContent = button.dataset.copied; }

    button.hidden = false;
    button.addEventListener("click", function () {
      status.textContent = "";
      if (navigator.clipboard) {
        navigator.clipboard.writeText(text.value).then(copied, select);
      } else {
        select();
      }
    });

    // Older browsers, and sites without https: select it, so that one key copies it.
    function select() {
      text.focus();
      text.select();
      if (document.execCommand("copy")) copied();
    }
  });
})();
