// Scores the methods for words in a copy of the site without a server. words-data.js holds the scores that the index of the server gives
// each method for each stem; here they are added up, as catalogue/search/ranking.py does, with the facts that words name ("young
// people"), what is akin, and what judged searches recommend (recommended.js). Numbers, phrases and what a sentence wants are left to the server.
(function () {
  "use strict";
  var copy = window.COPY;

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

  // Words as terms: the longest entries of the thesaurus, and single words, each of which may match itself and its synonyms.
  function wordTerms(stems, data) {
    var found = [];
    for (var at = 0; at < stems.length;) {
      var size = Math.min(4, stems.length - at);
      while (size > 1 && !(stems.slice(at, at + size).join(" ") in data.synonyms)) size -= 1;
      found.push(term(stems.slice(at, at + size).join(" "), data.weights.synonym, data));
      at += size;
    }
    return found;
  }

  function term(entry, synonym, data) {
    var weight = data.generic.includes(entry) ? data.weights.generic : 1;
    var entries = (data.synonyms[entry] || []).map(function (other) { return [other, synonym * weight]; });
    return { name: entry, entries: [[entry, weight]].concat(entries), filler: data.fillers.includes(entry), fact: null };
  }

  // The longest words from a place on that name a fact, such as "young people": how many they are, its number, and the stems to search
  // for; null for none.
  function factAt(words, at, facts) {
    for (var size = Math.min(5, words.length - at); size; size -= 1) {
      var found = facts[words.slice(at, at + size).map(function (each) { return each.word; }).join(" ")];
      if (Array.isArray(found)) return { size: size, fact: found[0], stems: found[1] };
    }
    return null;
  }

  // The terms of a text: the facts that it names, and the words between them. Words that say nothing count only where all do.
  function terms(words, facts, data) {
    var found = new Map(), rest = [];
    function add(each) { if (!found.has(each.name)) found.set(each.name, each); }
    function between() {
      wordTerms(rest, data).forEach(add);
      rest = [];
    }
    for (var at = 0; at < words.length;) {
      var named = factAt(words, at, facts), stem = stemOf(words[at]);
      if (named) {
        between();
        add(Object.assign(term(named.stems, data.weights.factWord, data), { name: named.fact + " " + named.stems, filler: false, fact: named.fact }));
      } else if (stem) {
        rest.push(stem);
      }
      at += named ? named.size : 1;
    }
    between();
    var all = Array.from(found.values()), telling = all.filter(function (each) { return !each.filler; });
    return telling.length ? telling : all;
  }

  function stemOf(word) { return word.stem || (word.slip && word.slip.clear ? word.slip.stem : null); }

  // The best score of each method for a term.
  function termScores(asked, data) {
    var best = new Map();
    asked.entries.forEach(function (entry) {
      entryScores(entry[0], data).forEach(function (score, method) {
        best.set(method, Math.max(best.get(method) || 0, entry[1] * score));
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
      texts.forEach(function (text) {
        var best = 0;
        term.entries.forEach(function (entry) {
          var stems = entry[0].split(" ");
          stems.forEach(function (stem) {
            if (text.stems.has(stem)) best = Math.max(best, idf(stem) * entry[1] / stems.length);
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

  // How akin each method is to the best ten, from 0 to 1 for the most akin.
  function kin(scores, data) {
    var best = Array.from(scores).sort(function (one, other) { return other[1] - one[1]; }).slice(0, data.weights.best), sums = new Map();
    function traits(method, visit) {
      var flat = data.traits[method];
      for (var n = 0; n < flat.length; n += 2) visit(flat[n], flat[n + 1]);
    }
    best.forEach(function (pair) {
      traits(pair[0], function (trait, share) { sums.set(trait, (sums.get(trait) || 0) + share * pair[1]); });
    });
    var akin = data.methods.map(function (_, method) {
      var sum = 0;
      traits(method, function (trait, share) { sum += share * (sums.get(trait) || 0); });
      return sum;
    });
    // A link, in either direction, is as much as all traits being the same; traits are in hundredths.
    var score = new Map(best);
    data.links[0].forEach(function (from, place) { akin[data.links[1][place]] += 10000 * (score.get(from) || 0); });
    var most = Math.max.apply(null, akin) || 1;
    return akin.map(function (each) { return each / most; });
  }

  function add(scores, method, score) { scores.set(method, (scores.get(method) || 0) + score); }

  // What the terms give each method: by their words, and with the facts that it has.
  function sumUp(asked, evened, data) {
    var byWords = new Map(), having = new Map(), matched = new Map(), matching = 0;
    asked.forEach(function (term) {
      var scores = termScores(term, data), hits = new Set(scores.keys()), fits = term.fact === null ? [] : data.fits[term.fact];
      scores.forEach(function (score, method) { add(byWords, method, evened ? score / (1 + score / data.weights.most) : score); });
      for (var n = 0; n < fits.length; n += 2) {
        add(having, fits[n], data.weights.fact * fits[n + 1] / 100);
        hits.add(fits[n]);
      }
      matching += hits.size ? 1 : 0;
      hits.forEach(function (method) { add(matched, method, 1); });
    });
    var needs = asked.length > 1 ? needScores(asked, data) : new Map(), all = new Map(), words = new Map();
    matched.forEach(function (count, method) {
      var share = count / matching, word = share * (byWords.get(method) || 0) + (needs.get(method) || 0);
      words.set(method, word);
      all.set(method, word + share * (having.get(method) || 0));
    });
    return { words: words, all: all };
  }

  // Raises the methods that judged searches recommend among those that match; whatever is least recommended still matches.
  function recommend(scores, words, asked, data) {
    var facts = asked.map(function (term) { return term.fact; }).filter(function (fact) { return fact !== null; });
    var best = Math.max.apply(null, [0].concat(Array.from(scores.values()))), shares = copy.recommended(words, facts, data);
    scores.forEach(function (score, method) { scores.set(method, Math.max(score + best * shares[method], 1e-9)); });
  }

  // The score of each method by its slug; those far below the best are left out, as the server leaves them out.
  copy.search = function (text, data) {
    var words = copy.read(text, data), stems = words.map(stemOf).filter(Boolean), names = named(stems, data);
    // The words of a name, such as "youth council", name no facts. In a sentence a rare word is its subject, which says little of the method.
    var asked = terms(words, data.names[stems.join(" ")] ? {} : data.facts, data), sentence = asked.length >= data.weights.sentence;
    var sums = sumUp(asked, sentence && !names.size, data), found = {};
    names.forEach(function (count, method) {
      var factor = 1 + data.weights.name * count / stems.length;
      if (sums.all.has(method)) sums.all.set(method, sums.all.get(method) * factor);
      if (sums.words.has(method)) sums.words.set(method, sums.words.get(method) * factor);
    });
    var best = Math.max.apply(null, [0].concat(Array.from(sums.words.values())));
    if (best && !names.size) {
      var akin = kin(sums.words, data), facts = asked.some(function (term) { return term.fact !== null; });
      var share = sentence ? data.weights.recommended : facts ? data.weights.recommendedWithFacts : 0;
      sums.all.forEach(function (score, method) {
        sums.all.set(method, score + best * (data.weights.akin * akin[method] + share * data.recommended[method]));
      });
    }
    // A few words with the name of a method ask for that.
    if (sentence || !names.size) recommend(sums.all, words, asked, data);
    Array.from(sums.all).sort(function (one, other) { return other[1] - one[1]; }).forEach(function (pair, place) {
      if (place < data.weights.atLeast || sums.words.get(pair[0]) >= data.weights.strong * best) found[data.methods[pair[0]]] = pair[1];
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
})();
