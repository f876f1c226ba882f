// Finds words in a copy of the site without a server. words-data.js holds the scores that the index of the server gives
// each method for each stem; here they are added up, as catalogue/search/ranking.py does. Facts, slips and
// phrases are left to the server.
(function () {
  "use strict";
  var copy = window.COPY = window.COPY || {};

  // The words of a text without accents and capitals.
  function split(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  }

  // The stem of each known word.
  function stemmer(data) {
    var stems = new Map(), forms;
    Object.keys(data.forms).forEach(function (stem) {
      stems.set(stem, stem);
      data.forms[stem].forEach(function (form) { stems.set(form, stem); });
    });
    // A word that no text has: one that begins with it, or else the longest one that it begins with.
    function near(word) {
      if (word.length < 4) return null;
      forms = forms || Array.from(stems.keys()).sort();
      var longer = forms.filter(function (form) { return form.startsWith(word); });
      var shorter = forms.filter(function (form) {
        return form.length > 3 && word.startsWith(form) && word.length - form.length < 4;
      });
      var found = longer[0] || shorter[shorter.length - 1];
      return found ? stems.get(found) : null;
    }
    var stop = new Set(data.stop);
    return function (word) { return stop.has(word) ? null : stems.get(word) || near(word); };
  }

  // The stems of the words of a text that texts have, in order.
  copy.stems = function (text, data) {
    return split(text).map(stemmer(data)).filter(Boolean);
  };

  // The score of each method that has all stems of an entry ("contact centr"), by ordinal.
  function entryScores(entry, data) {
    var parts = entry.split(" ").map(function (stem) {
      var flat = data.scores[stem] || [], scores = new Map();
      for (var n = 0; n < flat.length; n += 2) scores.set(flat[n], flat[n + 1]);
      return scores;
    });
    if (parts.length === 1) return parts[0];
    var all = new Map();
    parts[0].forEach(function (_, method) {
      if (!parts.every(function (part) { return part.has(method); })) return;
      all.set(method, data.weights.apart * parts.reduce(function (sum, part) { return sum + part.get(method); }, 0));
    });
    return all;
  }

  // The words as terms: the longest entries of the thesaurus, and single words.
  function terms(stems, data) {
    var found = [];
    for (var at = 0; at < stems.length;) {
      var size = Math.min(4, stems.length - at);
      while (size > 1 && !(stems.slice(at, at + size).join(" ") in data.synonyms)) size -= 1;
      found.push(stems.slice(at, at + size).join(" "));
      at += size;
    }
    var telling = found.filter(function (term) { return !data.fillers.includes(term); });
    return Array.from(new Set(telling.length ? telling : found));
  }

  // The best score of each method for a term, its synonyms counting less.
  function termScores(term, data) {
    var best = new Map(), weight = data.generic.includes(term) ? data.weights.generic : 1;
    [term].concat(data.synonyms[term] || []).forEach(function (entry) {
      var share = weight * (entry === term ? 1 : data.weights.synonym);
      entryScores(entry, data).forEach(function (score, method) {
        best.set(method, Math.max(best.get(method) || 0, share * score));
      });
    });
    return best;
  }

  // The score of each method by its slug; those far below the best are left out, as the server leaves them out.
  copy.search = function (text, data) {
    var stems = copy.stems(text, data), total = new Map(), matched = new Map(), asked = 0;
    terms(stems, data).forEach(function (term) {
      var scores = termScores(term, data);
      asked += scores.size ? 1 : 0;
      scores.forEach(function (score, method) {
        total.set(method, (total.get(method) || 0) + score);
        matched.set(method, (matched.get(method) || 0) + 1);
      });
    });
    total.forEach(function (score, method) { total.set(method, score * matched.get(method) / asked); });
    named(stems, data).forEach(function (words, method) {
      if (total.has(method)) total.set(method, total.get(method) * (1 + data.weights.name * words / stems.length));
    });
    var best = Math.max.apply(null, Array.from(total.values())), found = {};
    total.forEach(function (score, method) {
      if (score >= data.weights.strong * best) found[data.methods[method]] = score;
    });
    return found;
  };

  // The methods whose name is in the words, with how many words the longest such name has.
  function named(stems, data) {
    var lengths = new Map();
    stems.forEach(function (_, from) {
      for (var to = from + 1; to <= stems.length; to += 1) {
        (data.names[stems.slice(from, to).join(" ")] || []).forEach(function (method) {
          lengths.set(method, Math.max(lengths.get(method) || 0, to - from));
        });
      }
    });
    return lengths;
  }

  // The guides, rules and cases that have all the words that say something: [what, title, path, summary], guides first.
  copy.others = function (text, data, most) {
    var stems = Array.from(new Set(copy.stems(text, data)));
    var telling = stems.filter(function (stem) { return !data.fillers.includes(stem) && !data.generic.includes(stem); });
    if (!telling.length) return [];
    var lists = telling.map(function (stem) { return data.found[stem] || []; });
    return lists[0].filter(function (number) {
      return lists.every(function (list) { return list.includes(number); });
    }).slice(0, most).map(function (number) { return data.others[number]; });
  };

  // The paths of the guides, rules and cases that have every word of a text, those that say nothing too; null for no words.
  copy.having = function (text, data) {
    var words = split(text).filter(function (word) { return word.length > 1 && !data.stop.includes(word); });
    if (!words.length) return null;
    var lists = words.map(stemmer(data)).map(function (stem) { return data.found[stem] || []; });
    return new Set(lists[0].filter(function (number) {
      return lists.every(function (list) { return list.includes(number); });
    }).map(function (number) { return data.others[number][2]; }));
  };
})();
