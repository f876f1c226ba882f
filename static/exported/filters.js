// The filters and words of an address in a copy of the site without a server, over list-data.js: which methods pass.
// What words find is computed by words.js and ranking.js, from data that is loaded only where there are words.
(function () {
  "use strict";
  var copy = window.COPY, data = copy.list;
  Object.keys(data.methods).forEach(function (slug) { data.methods[slug].slug = slug; });

  // Whether some of the values are wanted; any are where none is.
  copy.any = function (values, wanted) {
    return !wanted.length || wanted.some(function (value) { return values.includes(value); });
  };

  // What an address asks for: the options of each filter and the range of each number, and `passes`.
  copy.readFilters = function (asked) {
    var options = {}, ranges = {};
    Object.keys(data.values).forEach(function (name) {
      options[name] = asked.getAll(name).filter(function (value) { return data.values[name].includes(value); });
    });
    Object.keys(data.ranges).forEach(function (name) { ranges[name] = copy.range(asked.get(name), data.ranges[name], name); });

    // Whether a method passes, with the options of one filter, if given, replaced by one value. `scores` are those of the words by slug,
    // null without words.
    function passes(method, scores, facet, value) {
      function wanted(name) { return name === facet ? [value] : options[name]; }
      return (!scores || method.slug in scores) &&
        data.facets.every(function (name) { return copy.any(method.options[name], wanted(name)); }) &&
        method.runs.some(function (run) {
          return data.sized.every(function (name) { return copy.any(run[name], wanted(name)); }) &&
            Object.keys(ranges).every(function (name) {
              if (!ranges[name]) return true;
              return run[name] && run[name][0] <= ranges[name][1] && (run[name][1] === null || run[name][1] >= ranges[name][0]);
            });
        });
    }
    return { options: options, ranges: ranges, passes: passes };
  };

  // Gives the score of each method for words, by slug, to `then`; null for no words.
  copy.scored = function (words, then) {
    if (!words) return then(null);
    var script = copy.element("script", { src: copy.root + "words-data.js" });
    script.onload = function () { then(copy.search(words, copy.words)); };
    document.head.append(script);
  };
})();
