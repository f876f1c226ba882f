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

  // The file of a page, by its path from the top of the copy.
  copy.page = function (path) { return copy.root + [path, "index.html"].join("/"); };

  copy.methodLink = function (slug, title) {
    return copy.link(copy.page("methods/" + slug), title);
  };

  // "They differ in {num} facts." with the gaps filled.
  copy.fill = function (text, values) {
    return text.replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
  };

  var UNITS = { people: /\s+people$/i, weeks: /\s+weeks?$/i, hours: /\s+hours?$/i, budget: /\s+pounds?$/i };

  // The ends of a range: "20-40", "5,000", "£800", "10-20k"; one number is the upper end where `atMost` says so. null for what is no range.
  // A number may stand with the unit of the range called `name`.
  copy.range = function (text, atMost, name) {
    var found = /^£?(\d+(?:\.\d+)?)(k?)(?:(?:-|–|to)£?(\d+(?:\.\d+)?)(k?))?$/.exec((text || "").trim().replace(UNITS[name], "").replace(/[,\s]/g, "").toLowerCase());
    if (!found) return null;
    var low = Number(found[1]), high = Number(found[3] || found[1]);
    var both = found[3] && low < high && found[4];
    low *= found[2] || both ? 1000 : 1;
    high *= found[3] === undefined ? (found[2] ? 1000 : 1) : (found[4] ? 1000 : 1);
    if (found[3] === undefined && atMost) low = 0;
    return [Math.min(low, high), Math.max(low, high)];
  };

  // The words that only screen readers say.
  copy.aside = function (text) { return copy.element("span", { class: "govuk-visually-hidden" }, text); };
})();
