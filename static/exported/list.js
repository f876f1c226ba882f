// The filters and words of the list in a copy of the site without a server; loaded there alone, after list-data.js.
// What words find is computed by words.js and ranking.js, from data that is loaded only where there are words.
(function () {
  "use strict";
  var copy = window.COPY, data = copy.list, element = copy.element, asked = copy.asked;
  var form = document.querySelector("form.search");
  var cards = Array.from(document.querySelectorAll(".cards > .card"));
  if (!data || !form) return;

  function chosen(name) {
    var known = Array.from(form.elements).filter(function (box) { return box.name === name; });
    return asked.getAll(name).filter(function (value) {
      return value === "unknown" || known.some(function (box) { return box.value === value; });
    });
  }

  function any(values, wanted) {
    return !wanted.length || wanted.some(function (value) { return values.includes(value); });
  }

  // The score of each method for the words, by slug; null without words.
  var words = (asked.get("q") || "").trim(), scores = null;
  var options = {}, ranges = {};
  data.facets.concat(data.sized).forEach(function (name) { options[name] = chosen(name); });
  Object.keys(data.ranges).forEach(function (name) { ranges[name] = copy.range(asked.get(name), data.ranges[name]); });

  // Whether a method passes, with the options of one filter, if given, replaced by one value.
  function passes(method, facet, value) {
    function wanted(name) { return name === facet ? [value] : options[name]; }
    return (!scores || method.slug in scores) &&
      data.facets.every(function (name) { return any(method.options[name], wanted(name)); }) &&
      method.runs.some(function (run) {
        return data.sized.every(function (name) { return any(run[name], wanted(name)); }) &&
          Object.keys(ranges).every(function (name) {
            if (!ranges[name]) return true;
            return run[name] && run[name][0] <= ranges[name][1] && (run[name][1] === null || run[name][1] >= ranges[name][0]);
          });
      });
  }

  function methodOf(card) {
    return data.methods[card.querySelector(".card__title a").getAttribute("href").split("/").slice(-2)[0]];
  }

  // Methods made for the chosen purposes and audiences come first; the others only help, or can be adapted.
  function madeFor(card) {
    var made = methodOf(card).made_for;
    return Object.keys(made).every(function (name) { return any(made[name], options[name]); });
  }

  function show() {
    var methods = Object.values(data.methods), shown = 0;
    cards.forEach(function (card) {
      card.hidden = !passes(methodOf(card));
      shown += card.hidden ? 0 : 1;
    });
    if (scores) {
      cards.sort(function (one, other) { return (scores[methodOf(other).slug] || 0) - (scores[methodOf(one).slug] || 0); });
    }
    cards.filter(madeFor).concat(cards.filter(function (card) { return !madeFor(card); })).forEach(function (card) {
      card.parentNode.append(card);
    });
    form.querySelectorAll("input[type=checkbox]").forEach(function (box) {
      box.checked = (options[box.name] || []).includes(box.value);
      var count = document.querySelector('label[for="' + box.id + '"] .count');
      if (count && options[box.name]) {
        count.lastChild.textContent = methods.filter(function (method) { return passes(method, box.name, box.value); }).length;
      }
    });
    var heading = document.getElementById("results-title");
    if (heading) heading.textContent = data.headings[shown];
    document.querySelector(".skip-results a").textContent = data.skips[shown];
    // The map and the files are of the whole list.
    document.querySelectorAll(".results__map, .take-away").forEach(function (part) { part.hidden = shown < methods.length; });
    copy.shown = true;
  }

  // The guides, rules and cases that the words find, above the list.
  function showOthers(found) {
    if (!found.length) return;
    document.querySelector(".said").append(element("div", { class: "understood guidance" }, found.map(function (other) {
      return element("p", {}, [
        element("span", { class: "quiet" }, other[0]), " ", copy.link(copy.page(other[2].slice(1)), other[1]), ". ",
        element("span", { class: "guidance__summary" }, other[3])]);
    })));
  }

  // The words that no text has: what was searched for instead, with a link that undoes it, or what may be meant.
  function showSlips(slips) {
    if (!slips.length) return;
    document.querySelector(".said").append(element("div", { class: "understood", role: "status" }, slips.map(function (each) {
      var texts = copy.words.texts, gaps = { typed: each.word, instead: each.slip.instead }, other = new URLSearchParams(asked);
      other.set("q", words.toLowerCase().split(each.word).join(each.slip.clear ? '"' + each.word + '"' : each.slip.instead));
      var address = "?" + other + "#results";
      if (each.slip.clear) return element("p", {}, [copy.fill(texts.instead, gaps) + " ", copy.link(address, copy.fill(texts.undo, gaps))]);
      return element("p", {}, [texts.offer + " ", copy.link(address, each.slip.instead), copy.fill(texts.typed, gaps)]);
    })));
  }

  // One order alone.
  document.querySelectorAll(".group--sort").forEach(function (group) { group.hidden = true; });
  form.querySelectorAll("input.govuk-input").forEach(function (box) { box.value = asked.get(box.name) || ""; });
  Object.keys(data.methods).forEach(function (slug) { data.methods[slug].slug = slug; });
  if (!words) return show();
  var script = element("script", { src: copy.root + "words-data.js" });
  script.onload = function () {
    scores = copy.search(words, copy.words);
    show();
    showSlips(copy.read(words, copy.words).filter(function (each) { return each.slip; }));
    showOthers(copy.others(words, copy.words, 5));
  };
  document.head.append(script);
})();
