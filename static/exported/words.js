// Reads words in a copy of the site without a server: their stems, slips, and the guides, rules and cases that have them.
// What words say of the methods is summed up by ranking.js.
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
  function nearStem(word, last, stems, data) {
    var ending = data.endings.find(function (each) { return word.endsWith(each) && stems.has(word.slice(0, -each.length)); });
    if (ending && word.length - ending.length > 2) return stems.get(word.slice(0, -ending.length));
    if (!last || word.length < 4) return null;
    var longer = Array.from(stems.keys()).filter(function (form) { return form.startsWith(word); }).sort();
    return longer.length ? stems.get(longer[0]) : null;
  }

  // Each word of a text, in order: its stem, null for words such as "the" and those that nothing is near to, and for the latter the slip
  // that it may be, null for none. Words in quotation marks are no slips.
  copy.read = function (text, data) {
    var stems = stemsByWord(data), quoted = split((text.match(new RegExp('"[^"]*"', "g")) || []).join(" ")), words = split(text);
    return words.map(function (word, place) {
      if (word.length < 2 || data.stop.includes(word)) return { word: word, stem: null, slip: null, stop: true };
      var stem = stems.get(word) || nearStem(word, place === words.length - 1, stems, data);
      return { word: word, stem: stem, slip: stem || quoted.includes(word) ? null : meant(word, stems, data), stop: false };
    });
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

  // The word of the catalogue that may be meant by one that it has not, and whether that is clear: one slip in a word of some letters
  // that is no English word, and no other word as near. null for none. Words of names are likelier.
  function meant(word, stems, data) {
    if (word.length < 4) return null;
    var most = word.length < 8 ? 1 : 2, names = new Set(Object.keys(data.names).join(" ").split(" "));
    function weight(form) {
      var stem = stems.get(form);
      return (data.scores[stem] || []).length / 2 + (names.has(stem) ? data.weights.inName : 0);
    }
    var near = Array.from(stems.keys()).filter(function (form) {
      return form[0] === word[0] && Math.abs(form.length - word.length) <= most && weight(form);
    }).map(function (form) { return { form: form, away: distance(word, form), weight: weight(form) }; });
    near = near.filter(function (one) { return one.away <= most; });
    near.sort(function (one, other) { return one.away - other.away || other.weight - one.weight; });
    if (!near.length) return null;
    var rival = near.find(function (one) { return one.away === near[0].away && stems.get(one.form) !== stems.get(near[0].form); });
    var clear = near[0].away === 1 && word.length >= data.weights.letters && !data.english.includes(word);
    clear = clear && near[0].weight >= data.weights.clearly * (rival ? rival.weight : 0);
    return { instead: near[0].form, stem: stems.get(near[0].form), clear: clear };
  }

  // The guides, rules and cases that have all the words that say something: [what, title, path, summary], guides first.
  copy.others = function (text, data, most) {
    var stems = new Set(copy.read(text, data).map(function (each) { return each.stem; }));
    var telling = Array.from(stems).filter(function (stem) { return stem && !data.fillers.includes(stem) && !data.generic.includes(stem); });
    if (!telling.length) return [];
    var lists = telling.map(function (stem) { return data.found[stem] || []; });
    return lists[0].filter(function (number) {
      return lists.every(function (list) { return list.includes(number); });
    }).slice(0, most).map(function (number) { return data.others[number]; });
  };

  // The paths of the guides, rules and cases that have every word of a text, those that say nothing too; null for no words.
  copy.having = function (text, data) {
    var words = copy.read(text, data).filter(function (each) { return !each.stop; });
    if (!words.length) return null;
    var lists = words.map(function (each) { return data.found[each.stem] || []; });
    return new Set(lists[0].filter(function (number) {
      return lists.every(function (list) { return list.includes(number); });
    }).map(function (number) { return data.others[number][2]; }));
  };
})();
