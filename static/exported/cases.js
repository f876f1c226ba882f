// The filters and words of the cases in a copy of the site without a server. What words find is computed by words.js, from data
// that is loaded only where there are words.
(function () {
  "use strict";
  var copy = window.COPY, data = copy.cases, element = copy.element;

  // The cases that pass, and for each filter how many each value would bring, whatever is chosen of it. `paths` are those that have the words, null for all.
  copy.findCases = function (asked, paths) {
    var chosen = data.filters.map(function (name, place) {
      var value = (asked.get(name) || "").trim();
      return Object.values(data.cases).some(function (values) { return value && values[place] === value; }) ? value : "";
    });
    function passes(values, but) {
      return chosen.every(function (value, place) { return place === but || !value || values[place] === value; });
    }
    var matching = Object.keys(data.cases).filter(function (slug) { return !paths || paths.has(["", "cases", slug].join("/")); });
    var counts = {};
    data.filters.forEach(function (name, place) {
      counts[name] = chosen[place] ? { [chosen[place]]: 0 } : {};
      matching.forEach(function (slug) {
        var values = data.cases[slug], value = values[place];
        if (value && passes(values, place)) counts[name][value] = (counts[name][value] || 0) + 1;
      });
    });
    return { chosen: chosen, counts: counts, cases: matching.filter(function (slug) { return passes(data.cases[slug], -1); }) };
  };

  var form = document.querySelector("form.case-search"), words = (copy.asked.get("q") || "").trim();

  function show(paths) {
    var found = copy.findCases(copy.asked, paths), heading = document.getElementById("results-title");
    document.querySelectorAll(".cases > .case").forEach(function (item) {
      var slug = item.querySelector(".case__title a").getAttribute("href").split("/").slice(-2)[0];
      item.hidden = !found.cases.includes(slug);
    });
    heading.textContent = heading.textContent.replace(/\d+/, found.cases.length);
    if (!found.cases.length) heading.after(element("p", { class: "govuk-body" }, data.none));
    data.filters.forEach(function (name, place) {
      Array.from(form.elements[name].options).forEach(function (option) {
        if (!option.value) return;
        var count = found.counts[name][option.value];
        option.hidden = count === undefined;
        option.textContent = option.textContent.replace(/\d+\)$/, (count || 0) + ")");
      });
      form.elements[name].value = found.chosen[place];
    });
    copy.shown = true;
  }

  if (!form) return;
  form.elements.q.value = words;
  if (!words) return show(null);
  var script = element("script", { src: copy.root + "words-data.js" });
  script.onload = function () { show(copy.having(words, copy.words)); };
  document.head.append(script);
})();
