// Finds words in a copy of the site without a server. words-data.js holds the scores that the index of the server gives
// each method for each stem; here they are added up, as catalogue/search/ranking.py does. Facts, corrections, phrases and
// what is akin are left to the server.
(function () {
  "use strict";
  var copy = window.COPY = window.COPY || {};

  // The words of a text without accents and capitals.
  function split(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  }

  // The stem of each word that a text has.
  function stemsByWord(data) {
    var stems = new Map();
    Object.keys(data.forms).forEach(function (stem) {
      data.forms[stem].forEach(function (form) { stems.set(form, stem); });
    });
    return stems;
  }

  // The stem of a word that no text has: of the word without its ending, or, for the last one, of a word that begins with it.
  function nearStem(word, last, stems) {
    var ending = ["s", "es", "d", "ed", "ing"].find(function (each) { return word.endsWith(each) && stems.has(word.slice(0, -each.length)); });
    if (ending && word.length - ending.length > 2) return stems.get(word.slice(0, -ending.length));
    if (!last || word.length < 4) return null;
    var longer = Array.from(stems.keys()).filter(function (form) { return form.startsWith(word); }).sort();
    return longer.length ? stems.get(longer[0]) : null;
  }

  // The words of a text with their stems, in order; null for the stem of a word that nothing is near to. Words such as "the" are left out.
  function read(text, data) {
    var stems = stemsByWord(data), words = split(text).filter(function (word) { return word.length > 1 && !data.stop.includes(word); });
    return words.map(function (word, place) {
      return { word: word, stem: stems.get(word) || nearStem(word, place === words.length - 1, stems) };
    });
  }

  // The stems of the words of a text that texts have, in order.
  copy.stems = function (text, data) {
    return read(text, data).map(function (each) { return each.stem; }).filter(Boolean);
  };

  // How many letters must be added, left out, changed or swapped with their neighbour to make one word of another.
  function distance(one, other) {
    var before = [], row = [], last = [];
    for (var n = 0; n <= other.length; n += 1) last.push(n);
    for (var i = 1; i <= one.length; i += 1) {
      row = [i];
      for (var j = 1; j <= other.length; j += 1) {
        row.push(Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1)));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      before = last;
      last = row;
    }
    return last[other.length];
  }

  // The words of a text that no text of the catalogue has, each with the word that may be meant: [typed, instead].
  copy.offers = function (text, data) {
    var stems = stemsByWord(data);
    function known(form) { return (data.scores[stems.get(form)] || []).length; }
    return read(text, data).filter(function (each) { return !each.stem && each.word.length > 3; }).flatMap(function (each) {
      var most = each.word.length < 8 ? 1 : 2, found = Array.from(stems.keys()).filter(function (form) {
        return form[0] === each.word[0] && Math.abs(form.length - each.word.length) <= most && known(form);
      }).map(function (form) { return { form: form, away: distance(each.word, form) }; });
      found = found.filter(function (one) { return one.away <= most; });
      found.sort(function (one, other) { return one.away - other.away || known(other.form) - known(one.form); });
      return found.length ? [[each.word, found[0].form]] : [];
    });
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

  // The score of the best need or summary of each method that has several terms: they are short, so their words belong together.
  function needScores(asked, data) {
    var texts = data.needs.map(function (need) { return { method: need[0], stems: new Set(need[1].split(" ")), sum: 0, count: 0 }; });
    var rarity = new Map();
    function idf(stem) {
      if (!rarity.has(stem)) {
        var having = texts.filter(function (text) { return text.stems.has(stem); }).length;
        rarity.set(stem, Math.log(1 + texts.length / (1 + having)));
      }
      return rarity.get(stem);
    }
    asked.forEach(function (term) {
      var weight = data.generic.includes(term) ? data.weights.generic : 1;
      var parts = [term].concat(data.synonyms[term] || []).map(function (entry) { return entry.split(" "); });
      texts.forEach(function (text) {
        var best = 0;
        parts.forEach(function (stems, place) {
          stems.forEach(function (stem) {
            if (text.stems.has(stem)) best = Math.max(best, idf(stem) * weight * (place ? data.weights.synonym : 1) / stems.length);
          });
        });
        text.sum += best;
        text.count += best > 0 ? 1 : 0;
      });
    });
    var scores = new Map();
    texts.filter(function (text) { return text.count > 1; }).forEach(function (text) {
      var score = data.weights.need * text.sum * text.count / Math.sqrt(text.stems.size);
      scores.set(text.method, Math.max(scores.get(text.method) || 0, score));
    });
    return scores;
  }

  // The score of each method by its slug; those far below the best are left out, as the server leaves them out.
  copy.search = function (text, data) {
    var stems = copy.stems(text, data), total = new Map(), matched = new Map(), matching = 0;
    var asked = terms(stems, data), names = named(stems, data);
    // In a sentence a rare word is its subject, which says little of the method.
    var evened = asked.length >= data.weights.sentence && !names.size;
    asked.forEach(function (term) {
      var scores = termScores(term, data);
      matching += scores.size ? 1 : 0;
      scores.forEach(function (score, method) {
        total.set(method, (total.get(method) || 0) + (evened ? score / (1 + score / data.weights.most) : score));
        matched.set(method, (matched.get(method) || 0) + 1);
      });
    });
    total.forEach(function (score, method) { total.set(method, score * matched.get(method) / matching); });
    if (asked.length > 1) {
      needScores(asked, data).forEach(function (score, method) { total.set(method, (total.get(method) || 0) + score); });
    }
    names.forEach(function (words, method) {
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
    var words = read(text, data);
    if (!words.length) return null;
    var lists = words.map(function (each) { return data.found[each.stem] || []; });
    return new Set(lists[0].filter(function (number) {
      return lists.every(function (list) { return list.includes(number); });
    }).map(function (number) { return data.others[number][2]; }));
  };
})();
