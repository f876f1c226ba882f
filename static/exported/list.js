// The list in a copy of the site without a server: shows the methods that pass the filters and words, and counts them.
(function () {
  "use strict";
  var copy = window.COPY, data = copy.list, element = copy.element, asked = copy.asked;
  var form = document.querySelector("form.search");
  var cards = Array.from(document.querySelectorAll(".cards > .card"));
  if (!data || !form) return;

  // The score of each method for the words, by slug; null without words.
  var words = (asked.get("q") || "").trim(), scores = null, filters = copy.readFilters(asked);

  function passes(method, facet, value) { return filters.passes(method, scores, facet, value); }

  function methodOf(card) {
    return data.methods[card.querySelector(".card__title a").getAttribute("href").split("/").slice(-2)[0]];
  }

  // Methods made for the chosen purposes and audiences come first; the others only help, or can be adapted.
  function madeFor(card) {
    var made = methodOf(card).made_for;
    return Object.keys(made).every(function (name) { return copy.any(made[name], filters.options[name]); });
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
      box.checked = (filters.options[box.name] || []).includes(box.value);
      var count = document.querySelector('label[for="' + box.id + '"] .count');
      if (count && filters.options[box.name]) {
        count.lastChild.textContent = methods.filter(function (method) { return passes(method, box.name, box.value); }).length;
      }
    });
    var heading = document.getElementById("results-title");
    if (heading) heading.textContent = data.headings[shown];
    document.querySelector(".skip-results a").textContent = data.skips[shown];
    if (shown < methods.length) narrowed();
    copy.shown = true;
  }

  // The map takes the filters on; the cards to print and the files are of the whole list.
  function narrowed() {
    document.querySelectorAll(".take-away").forEach(function (part) { part.hidden = true; });
    document.querySelectorAll(".results__map").forEach(function (line) {
      var map = line.querySelector("a");
      map.search = location.search;
      line.replaceChildren(map);
    });
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
  copy.scored(words, function (found) {
    scores = found;
    show();
    if (!found) return;
    showSlips(copy.read(words, copy.words).filter(function (each) { return each.slip; }));
    showOthers(copy.others(words, copy.words, 5));
  });
})();
