// What the scripts of a copy of the site without a server share: elements, texts with gaps, and the answers in the address.
(function () {
  "use strict";
  var copy = window.COPY = window.COPY || {};
  // The way from the page to the top of the copy: "../".
  copy.root = document.currentScript.dataset.root;
  copy.asked = new URLSearchParams(location.search);

  // An element with attributes, and texts or elements in it; what is null is left out.
  copy.element = function (name, attributes, inside) {
    var made = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    made.append.apply(made, [].concat(inside === undefined ? [] : inside).filter(function (part) { return part !== null; }));
    return made;
  };

  copy.link = function (address, inside, classes) {
    return copy.element("a", { class: classes || "govuk-link", href: address }, inside);
  };

  copy.methodLink = function (slug, title) {
    return copy.link(copy.root + "methods/" + slug + "/index.html", title);
  };

  // "They differ in {num} facts." with the gaps filled.
  copy.fill = function (text, values) {
    return text.replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
  };

  // The words that only screen readers say.
  copy.aside = function (text) { return copy.element("span", { class: "govuk-visually-hidden" }, text); };
})();
