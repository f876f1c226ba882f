// The map in a copy of the site without a server: takes away the marks and rows of the methods that filters and words leave out.
(function () {
  "use strict";
  var copy = window.COPY, data = copy.list, asked = copy.asked, filters = copy.readFilters(asked);
  var form = document.querySelector(".map-form"), words = (asked.get("q") || "").trim();
  if (!form) return;

  function methodOf(link) { return data.methods[link.getAttribute("href").split("/").slice(-2)[0]]; }

  // The map is drawn for one pair of axes.
  ["x", "y"].forEach(function (name) { form.elements[name].parentNode.remove(); });
  form.querySelectorAll("input.govuk-input").forEach(function (box) { box.value = asked.get(box.name) || ""; });
  // Filters without a box stay in the address.
  Object.keys(filters.options).forEach(function (name) {
    filters.options[name].forEach(function (value) { form.append(copy.element("input", { type: "hidden", name: name, value: value })); });
  });

  copy.scored(words, function (scores) {
    var all = Object.keys(data.methods).length, shown = 0;
    document.querySelectorAll(".map-table tbody tr").forEach(function (row) {
      if (filters.passes(methodOf(row.querySelector("a")), scores)) shown += 1;
      else row.remove();
    });
    document.querySelectorAll("svg.map > a").forEach(function (mark) {
      if (!filters.passes(methodOf(mark), scores)) mark.remove();
    });
    var said = document.querySelector(".map-total");
    said.textContent = data.headings[shown];
    var list = said.parentNode.querySelector("a");
    list.search = location.search;
    // How many do not say where they stand was counted of all.
    document.querySelectorAll(".map-missing").forEach(function (line) { line.hidden = shown < all; });
    copy.shown = true;
  });
})();
