// What judged searches recommend in a copy of the site without a server, as catalogue/search/judgements/ has it: with the stems, their synonyms
// and the options that words name. Numbers, groups of words and what words want are left to the server.
(function () {
  "use strict";
  var copy = window.COPY;

  // What an object of the data has for a key that somebody typed; undefined for none.
  function own(object, key) { return Object.prototype.hasOwnProperty.call(object, key) ? object[key] : undefined; }

  // The stems that words stand for. A slip is read both ways.
  function typedStems(words, judged) {
    var stems = new Map(), typed = [];
    Object.keys(judged.forms).forEach(function (stem) {
      judged.forms[stem].forEach(function (form) { stems.set(form, stem); });
    });
    words.filter(function (each) { return !each.stop; }).forEach(function (each) {
      typed.push(stems.get(each.word) || each.stem || each.word);
      if (each.slip && each.slip.clear) typed.push(each.slip.stem);
    });
    return typed;
  }

  // The features of words that name some facts, from 0 to 1 each, by name.
  function featuresOf(words, facts, data) {
    var features = new Map(), typed = typedStems(words, data.judged);
    typed.forEach(function (stem) {
      (own(data.synonyms, stem) || []).forEach(function (other) { features.set(other.split(" ").join("_"), data.judged.synonym); });
    });
    typed.forEach(function (stem) { features.set(stem, 1); });
    facts.forEach(function (fact) {
      data.judged.facts[fact].forEach(function (name) { features.set(name, 1); });
    });
    return features;
  }

  // How much each method is recommended for words that name some facts, by ordinal. What no judged search has says nothing, but takes its
  // part of the words. All weights are hundredths.
  copy.recommended = function (words, facts, data) {
    var judged = data.judged, learned = data.methods.map(function () { return 0; }), squares = 0;
    featuresOf(words, facts, data).forEach(function (value, name) {
      var row = own(judged.features, name) || [judged.new], share = value * row[0];
      squares += share * share;
      for (var n = 1; n < row.length; n += 2) learned[row[n]] += share * row[n + 1];
    });
    return learned.map(function (sum, method) {
      return (judged.learned * sum / (Math.sqrt(squares) || 1) + judged.often * judged.mean[method]) / 100;
    });
  };
})();
