// Plans without a server: ranks the methods and puts a short process together, as catalogue/planner/ does on the server. The names
// are those of scores.py, limits.py, ranking.py, kinds.py, process.py and push_back.py; a change there is made here too, and
// tests/browser/test_static_copy_answers.py holds both to the same order. Nothing here touches the page.
(function () {
  "use strict";
  var copy = window.COPY, data = copy.planner, rules = data.rules, match = rules.match, orders = data.orders;
  // The weight of each answer in the plan that is being made.
  var weights = rules.weights;

  // Rounds to tenths as Python does: where two are equally near, to the even one.
  function round(number) {
    var low = Math.floor(number * 10), half = Number.isInteger(number * 4) && Math.abs(number * 4 % 2) === 1;
    return half ? (low % 2 === 0 ? low : low + 1) / 10 : Number(number.toFixed(1));
  }

  function sum(numbers) { return numbers.reduce(function (all, number) { return all + number; }, 0); }

  // The first of those for which a key is greatest.
  function greatest(list, key) {
    return list.reduce(function (best, each) { return key(each) > key(best) ? each : best; });
  }

  function overlap(one, other) { return one.some(function (value) { return other.includes(value); }); }

  // --- Limits: how a size stands to each that was answered.

  function atMost(name, numbers, limit) {
    if (!numbers) return { name: name, state: "unknown" };
    if (numbers[0] > limit) return { name: name, state: "breaks" };
    return { name: name, state: numbers[1] !== null && numbers[1] <= limit ? "fits" : "tight" };
  }

  function limitPeople(answers) {
    if (answers.counts === "living-there" || !answers.people) return null;
    return answers.counts || answers.people[0] < data.population ? answers.people : null;
  }

  function peopleState(numbers, asked) {
    if (!numbers) return "unknown";
    if (numbers[0] > asked[1]) return "breaks";
    return numbers[1] !== null && numbers[1] < asked[0] ? "over" : "fits";
  }

  function facilitationState(needed, have) {
    if (!needed) return "unknown";
    var short = orders.facilitation.indexOf(needed) - orders.facilitation.indexOf(have);
    return short <= 0 ? "fits" : short === 1 ? "tight" : "breaks";
  }

  function limitsOf(run, answers) {
    var found = ["weeks", "budget", "hours"].filter(function (name) { return answers[name] !== null; })
      .map(function (name) { return atMost(name, run[name], answers[name]); });
    var people = limitPeople(answers);
    if (people) found.push({ name: "people", state: peopleState(run.people, people) });
    if (answers.facilitation) found.push({ name: "facilitation", state: facilitationState(run.facilitation, answers.facilitation) });
    if (answers.format.length) {
      found.push({ name: "format", state: !run.format.length ? "unknown" : overlap(run.format, answers.format) ? "fits" : "breaks" });
    }
    if (overlap(needsOf(answers), run.unsuitable)) found.push({ name: "must", state: "breaks" });
    return found;
  }

  function breaks(limits) { return limits.some(function (limit) { return limit.state === "breaks"; }); }

  // --- Points for each answer: [share from 0 to 1, how, of what]; null where nothing was answered.

  function purposeShare(method, purpose) {
    var place = method.purposes.indexOf(purpose);
    if (place >= 0) return [match.purpose_places[Math.min(place, match.purpose_places.length - 1)], place ? "listed" : "main", purpose];
    if (method.supports.includes(purpose)) return [match.purpose_supports, "supports", purpose];
    var near = method.purposes.slice(0, 2).some(function (other) {
      return rules.adjacent.some(function (pair) { return other !== purpose && pair.includes(purpose) && pair.includes(other); });
    });
    return near ? [match.purpose_adjacent, "adjacent", purpose] : [0, "none", purpose];
  }

  function audienceShare(method, group) {
    var place = method.audience.indexOf(group), further = method.audience.length - 1;
    if (place >= 0) {
      return [Math.max(match.audience_possible, 1 - match.audience_place * place - match.audience_further * further), "listed", group];
    }
    if (method.audience_possible.includes(group)) return [match.audience_possible, "possible", group];
    var open = rules.public_includes.includes(group) && method.audience.includes("general-public");
    return open ? [match.audience_public, "public", group] : [0, "none", group];
  }

  function copes(degree, need) {
    if (need === "" || need === "low") return null;
    if (!degree) return [match.unknown, "unknown", ""];
    if (degree === "not-affected") return [match.copes_not_affected, degree, degree];
    var short = Math.max(0, orders.degree.indexOf(need) - orders.degree.indexOf(degree));
    return [match.copes_short[short], short ? "short" : "copes", degree];
  }

  var SHARES = {
    purpose: function (method, answers) {
      if (!answers.purpose.length) return null;
      var shares = answers.purpose.map(function (purpose) { return purposeShare(method, purpose); }), first = shares[0];
      if (shares.length === 1) return first;
      var other = Math.max.apply(null, shares.slice(1).map(function (share) { return share[0]; }));
      var best = greatest(shares, function (share) { return share === first ? share[0] + 0.2 : share[0]; });
      return [match.main_purpose * first[0] + (1 - match.main_purpose) * other, best[1], best[2]];
    },
    audience: function (method, answers) {
      if (!answers.audience.length) return null;
      if (!method.audience.length && !method.audience_possible.length) return [match.unknown, "unknown", ""];
      var shares = answers.audience.map(function (group) { return audienceShare(method, group); });
      var best = greatest(shares, function (share) { return share[0]; });
      var mean = sum(shares.map(function (share) { return share[0]; })) / shares.length;
      return [(mean + best[0]) / 2, best[1], best[2]];
    },
    level: function (method, answers) {
      if (!answers.level) return null;
      if (!method.level.length) return [match.unknown, "unknown", ""];
      var wanted = orders.level.indexOf(answers.level);
      var steps = Math.min.apply(null, method.level.map(function (level) { return Math.abs(orders.level.indexOf(level) - wanted); }));
      return [match.level_steps[steps], !steps ? "listed" : steps === 1 ? "near" : "far", method.level[0]];
    },
    conflict: function (method, answers) { return copes(method.handles_conflict, answers.conflict); },
    complexity: function (method, answers) { return copes(method.handles_complexity, answers.complexity); },
    output: function (method, answers) {
      if (!answers.output.length) return null;
      if (!method.outcomes.length) return [match.unknown, "unknown", ""];
      var had = answers.output.filter(function (output) { return method.outcomes.includes(output); });
      return [had.length / answers.output.length, had.length ? "listed" : "none", had[0] || answers.output[0]];
    },
    recruitment: function (method, answers) {
      if (!answers.recruitment) return null;
      if (!method.recruitment) return [match.unknown, "unknown", ""];
      if (method.recruitment === answers.recruitment) return [1, "listed", method.recruitment];
      var pair = [method.recruitment, answers.recruitment];
      return pair.includes("mixed") || pair.includes("open") && pair.includes("all-voters") ? [match.unknown, "near", method.recruitment] : [0, "none", method.recruitment];
    },
  };

  function won(method, answers) {
    return Object.keys(SHARES).flatMap(function (id) {
      var found = SHARES[id](method, answers), weight = weights[id];
      return found ? [{ id: id, points: round(found[0] * weight), of: weight, how: found[1], value: found[2] }] : [];
    });
  }

  // --- Points taken off.

  function mustState(method, need) {
    if (method.inclusion.includes(need)) return "";
    if (method.inclusion_possible.includes(need)) return "must_possible";
    return method.inclusion_unsuitable.includes(need) ? "" : "must_unknown";
  }

  function needsOf(answers) {
    return answers.free_to_speak === "no" && !answers.must.includes("anonymous") ? answers.must.concat("anonymous") : answers.must;
  }

  function hasAims(answers) {
    return Boolean(answers.purpose.length || answers.audience.length || answers.level || answers.output.length || answers.recruitment);
  }

  function serves(method, purposes) {
    return purposes.some(function (purpose) { return !["none", "adjacent"].includes(purposeShare(method, purpose)[1]); });
  }

  function costs(method, answers) {
    var shares = data.sharing.levels.includes(answers.level) && answers.weeks !== null && answers.weeks >= data.sharing.weeks;
    var standing = shares || answers.recruitment === "appointed-elected" || overlap(["panel", "forum"], answers.have);
    var decision = answers.level === "empower" || answers.purpose.includes("make-decisions") || answers.output.includes("vote-result");
    var asked = answers.purpose.length > 0, holds = {
      standing: method.kind === "standing" && !standing,
      must_be_founded: method.existing_body === "must-be-founded" && !standing,
      decides: asked && method.decision_capable === "yes" && !decision,
      feeds_row: answers.conflict === "high" && method.can_harm.includes("feeds-row"),
      hurries: answers.complexity === "high" && method.handles_complexity === "low",
      exposes: method.can_harm.includes("exposes") && needsOf(answers).includes("anonymous"),
      not_for_main: asked && !serves(method, answers.purpose.slice(0, 1)),
      not_for_purpose: asked && !serves(method, answers.purpose),
    };
    return Object.keys(holds).filter(function (name) { return holds[name]; });
  }

  var OF_LIMIT = { tight: "tight", over: "people_over", unknown: "unknown_limit" };

  function takenOff(method, run, answers, limits) {
    var names = limits.map(function (limit) { return OF_LIMIT[limit.state]; })
      .concat(needsOf(answers).map(function (need) { return mustState(method, need); }), costs(method, answers)).filter(Boolean);
    var off = names.map(function (name) { return { id: "off", points: -rules.taken_off[name], of: 0, how: name, value: "" }; });
    if (!hasAims(answers)) return off;
    return off.concat(Object.keys(run.effort).map(function (name) {
      return { id: "off", points: run.effort[name], of: 0, how: name, value: "" };
    }));
  }

  // --- Ranking.

  function bestSize(method, answers) {
    var points = won(method, answers), best = null;
    method.runs.forEach(function (run) {
      var limits = limitsOf(run, answers);
      if (breaks(limits)) return;
      var all = points.concat(takenOff(method, run, answers, limits));
      var score = round(sum(all.map(function (point) { return point.points; })));
      var usual = run.size === "usual";
      if (!best || score > best.score || (score === best.score && usual && best.run.size !== "usual")) {
        best = { method: method, run: run, limits: limits, points: all, score: score };
      }
    });
    return best;
  }

  // Score, known facts, cost, slug.
  function order(one, other) {
    function unknown(each) {
      return each.points.filter(function (point) { return point.how === "unknown" || point.how === "unknown_limit"; }).length;
    }
    function cost(each) { return each.run.budget ? each.run.budget[0] : Infinity; }
    if (one.score !== other.score) return other.score - one.score;
    if (unknown(one) !== unknown(other)) return unknown(one) - unknown(other);
    if (cost(one) !== cost(other)) return cost(one) < cost(other) ? -1 : 1;
    return one.method.slug < other.method.slug ? -1 : 1;
  }

  // Each third of a family stands behind the first five; without `whole` it is left out.
  function varied(ranked, whole) {
    var shown = [], later = [], families = {};
    for (var n = 0; n < ranked.length; n += 1) {
      if (shown.length === rules.variety.first) return shown.concat(later, ranked.slice(n));
      var family = ranked[n].method.family, many = family && (families[family] || 0) >= rules.variety.family;
      families[family] = (families[family] || 0) + (many ? 0 : 1);
      (many ? later : shown).push(ranked[n]);
    }
    return whole ? shown.concat(later) : shown;
  }

  function labelOf(ranked) {
    var of = sum(ranked.points.map(function (point) { return point.of; })), share = of ? ranked.score / of : 0;
    var purpose = ranked.points.find(function (point) { return point.id === "purpose"; });
    var label = of ? ["strong", "good", "look"].find(function (name) { return share >= rules.labels[name]; }) : "";
    return label && purpose && ["none", "adjacent"].includes(purpose.how) ? "look" : label || "";
  }

  function placeOf(ranked) { return data.labels.indexOf(labelOf(ranked)); }

  // --- A short process.

  // Points taken off a channel to everybody where few take part, and a meeting that answers many.
  function cannotAnswer(ranked, answers, follows) {
    var follow = rules.process.follow_up, counts = ranked.run.counts, people = limitPeople(answers);
    if (people && people[1] <= follow.few) return counts === "reached" ? follow.everybody : 0;
    var many = follows && answers.people && (!people || people[0] >= follow.many);
    return many && counts === "taking-part" ? follow.meeting : 0;
  }

  function stepScore(kind, ranked, answers) {
    var method = ranked.method, around = data.around.includes(kind.stage);
    if (!method.stage.includes(kind.stage) || (around && method.kind === "activity")) return 0;
    if (answers.open === "nothing" && !(method.purposes[0] === "inform" && method.level[0] === "inform")) return 0;
    var shares = kind.purposes.map(function (purpose) { return purposeShare(method, purpose)[0]; });
    if (Math.max.apply(null, shares) < rules.process.least_share) return 0;
    var asks = ranked.run.counts === "taking-part" && kind.asks.includes(method.family) && method.purposes.includes("gather-views");
    var follows = kind.stage === "follow-up", mute = follows && method.kind !== "standing" && !serves(method, kind.purposes.slice(0, 1));
    if (mute || (kind.asks.length && !asks)) return 0;
    var share = Math.max.apply(null, shares.map(function (each, n) { return each * Math.pow(rules.process.next_purpose, n); }));
    function points(test) { return sum(ranked.points.filter(test).map(function (point) { return point.points; })); }
    var own = points(function (point) { return point.id === "purpose"; });
    var without = ["not_for_purpose", "not_for_main"].concat(follows ? "standing" : []);
    var gate = points(function (point) { return without.includes(point.how); });
    if (around) gate += cannotAnswer(ranked, answers, follows);
    return Math.max(0.1, ranked.score - gate + (around ? 1 : 0.5) * (weights.purpose * share - own));
  }

  // The answers with what is left of money and weeks after the least that the steps need.
  function leftOf(stage, steps, answers) {
    var before = steps.filter(function (step) { return step.ranked.run.weeks && step.stage !== "follow-up"; });
    var weeks = sum(before.map(function (step) { return step.ranked.run.weeks[0]; }));
    var spent = sum(steps.map(function (step) { return step.ranked.run.budget ? step.ranked.run.budget[0] : 0; }));
    return Object.assign({}, answers, {
      weeks: answers.weeks === null || stage === "follow-up" ? null : answers.weeks - weeks,
      budget: answers.budget === null ? null : answers.budget - spent,
    });
  }

  function bestFirst(kind, ranked, left) {
    return ranked.map(function (each) {
      var weeks = each.run.weeks, score = stepScore(kind, each, left);
      var crowding = left.weeks && weeks ? rules.process.weeks_left * Math.min(1, weeks[0] / left.weeks) : 0;
      return { score: score - crowding, able: score > 0, ranked: each };
    }).filter(function (each) { return each.able; })
      .sort(function (one, other) { return other.score - one.score; })
      .map(function (each) { return each.ranked; });
  }

  // Whether some methods one after the other can keep the limits of weeks, hours and money, by what they take at least.
  function togetherFit(ranked, answers) {
    function least(of) { return sum(ranked.map(of)); }
    return ["weeks", "hours"].every(function (name) {
      return answers[name] === null || least(function (each) { return each.run[name] ? each.run[name][0] : 0; }) <= answers[name];
    }) && (answers.budget === null || least(function (each) { return each.run.outside[answers.hire || (answers.budget ? data.hirers.money : data.hirers.none)]; }) <= answers.budget);
  }

  function firstThatFits(candidates, steps, answers) {
    return candidates.find(function (each) {
      var family = steps.filter(function (step) { return step.ranked.method.family === each.method.family; }).length;
      var taken = steps.some(function (step) { return step.ranked.method === each.method; });
      return !taken && family < 2 && togetherFit(steps.map(function (step) { return step.ranked; }).concat(each), answers);
    });
  }

  // The kinds of steps: what each purpose is met in, what other answers ask for, and the rest for the main purpose.
  function wantedKinds(answers) {
    var process = rules.process, kinds = process.kinds;
    function named(names) { return Array.from(new Set(names)).map(function (name) { return kinds[name]; }); }
    if (answers.open === "nothing") return named(process.nothing_open);
    var main = process.steps[answers.purpose[0] || data.anyPurpose], askedAt = {}, firstAt = {};
    var asked = process.asked_by.filter(function (rule) {
      return Object.keys(rule.when).every(function (key) { return holds(key, rule.when[key], answers, []); });
    }).map(function (rule) { return rule.step; });
    asked.forEach(function (name) { askedAt[kinds[name].stage] = name; });
    var usual = main.map(function (name) { return askedAt[kinds[name].stage] || name; });
    usual.slice().reverse().forEach(function (name) { firstAt[kinds[name].stage] = name; });
    Object.assign(firstAt, askedAt);
    var further = answers.purpose.slice(1).map(function (purpose) { return process.steps[purpose][0]; });
    var early = further.concat(asked).map(function (name) { return firstAt[kinds[name].stage] || name; });
    return named([usual[0]].concat(early, usual));
  }

  function mostSteps(answers) {
    var hurried = rules.process.short_of_time;
    return answers.weeks !== null && answers.weeks <= hurried.weeks ? hurried.steps : rules.process.most_steps;
  }

  // How well a kind of step suits the best single method: one that asks people does that; else that of a purpose that was given, and the last.
  function suits(kind, main, answers) {
    if (!stepScore(kind, main, answers)) return 0;
    var place = kind.stage === "follow-up" ? -1 : orders.stage.indexOf(kind.stage);
    return 1000 + (kind.asks.length ? 200 : 0) + (overlap(answers.purpose, kind.purposes) ? 100 : 0) + place;
  }

  function shortProcess(ranked, answers) {
    if (!ranked.length || !hasAims(answers)) return [];
    var kinds = wantedKinds(answers), most = mostSteps(answers), main = ranked[0], found = [];
    var own = greatest(kinds.slice(0, most), function (kind) { return suits(kind, main, answers); });
    [own].concat(kinds.filter(function (kind) { return kind !== own; })).forEach(function (kind) {
      var steps = found.map(function (each) { return each.step; });
      var left = leftOf(kind.stage, steps, answers), candidates = bestFirst(kind, ranked, left);
      if (kind === own && candidates.includes(main)) candidates.unshift(main);
      var step = found.length < most && firstThatFits(candidates, steps, answers);
      if (step) found.push({ n: kinds.indexOf(kind), step: { stage: kind.stage, ranked: step } });
    });
    return found.sort(function (one, other) {
      return orders.stage.indexOf(one.step.stage) - orders.stage.indexOf(other.step.stage) || one.n - other.n;
    }).map(function (each) { return each.step; });
  }

  // --- Push-back: which rules hold.

  function levelFrom(level, answers) {
    return Boolean(answers.level) && orders.level.indexOf(answers.level) >= orders.level.indexOf(level);
  }

  function only(given, wanted) {
    return given.length > 0 && given.every(function (value) { return wanted.includes(value); });
  }

  var CONDITIONS = {
    purpose_only: function (wanted, answers) { return only(answers.purpose, wanted); },
    audience_only: function (wanted, answers) { return only(answers.audience, wanted); },
    format_only: function (wanted, answers) { return only(answers.format, wanted); },
    without_audience: function (wanted, answers) { return !overlap(wanted, answers.audience); },
    must_not: function (wanted, answers) { return !answers.must.includes(wanted); },
    without_counts: function (_, answers) { return !answers.counts; },
    level_from: levelFrom,
    level_not_kept: function (_, answers, steps) {
      var levels = steps.flatMap(function (step) { return step.ranked.method.level; });
      var most = Math.max.apply(null, levels.map(function (level) { return orders.level.indexOf(level); }));
      return levels.length > 0 && levelFrom("involve", answers) && most < orders.level.indexOf(answers.level);
    },
    weeks_under: function (wanted, answers) { return answers.weeks !== null && answers.weeks < wanted; },
    hours_under: function (wanted, answers) { return answers.hours !== null && answers.hours < wanted; },
    budget_under: function (wanted, answers) { return answers.budget !== null && answers.budget < wanted; },
    people_over: function (wanted, answers) { return answers.people !== null && answers.people[1] > wanted; },
    // Own words are not read here.
    words_name: function () { return false; },
    people_to: function (wanted, answers) { return answers.people !== null && answers.people[1] <= wanted; },
  };

  function holds(key, wanted, answers, steps) {
    return CONDITIONS[key] ? CONDITIONS[key](wanted, answers, steps) : overlap([].concat(answers[key]), [].concat(wanted));
  }

  // The usual run of a method in its light version, where it breaks no limit and the money pays it at its dearest, many times the light one; or null.
  copy.usualFits = function (ranked, answers) {
    var light = ranked.run.budget, changes = rules.changes;
    if (ranked.run.size !== "light" || answers.budget === null || !light || light[1] === null) return null;
    if (answers.budget <= changes.plenty * Math.max(light[1], changes.least.budget)) return null;
    var usual = ranked.method.runs.find(function (run) { return run.size === "usual"; });
    var pays = usual.budget && usual.budget[1] !== null && usual.budget[1] <= answers.budget;
    return pays && !breaks(limitsOf(usual, answers)) ? usual : null;
  };

  // --- The plan.

  // The methods to show: those with a label, the first five in any case; from A to Z where nothing says what is needed.
  function toShow(ranked, answers) {
    if (!hasAims(answers)) {
      return ranked.slice().sort(function (one, other) { return one.method.title < other.method.title ? -1 : 1; });
    }
    var shown = ranked.filter(function (each, n) { return labelOf(each) || n < rules.variety.first; });
    // A third of a family that moved behind a lower label is left out too.
    var last = 0;
    return varied(shown, false).filter(function (each) {
      var place = placeOf(each), kept = place >= last;
      last = Math.max(last, place);
      return kept;
    }).slice(0, data.most);
  }

  // The weights, in which the answer that matters most counts more, if it was given.
  function weighted(answers) {
    var given = answers.most ? answers[answers.most] : "";
    return given && given.length ? Object.assign({}, rules.weights, { [answers.most]: rules.weights[answers.most] * rules.matters_most }) : rules.weights;
  }

  // The plan for answers: all methods that break no limit, those to show, the steps of the process, and the push-back.
  copy.plan = function (answers) {
    weights = weighted(answers);
    var found = data.methods.map(function (method) { return bestSize(method, answers); }).filter(Boolean);
    var ranked = varied(varied(found.sort(order), true).sort(function (one, other) { return placeOf(one) - placeOf(other); }), true);
    var process = shortProcess(ranked, answers);
    ranked.forEach(function (each) { each.label = labelOf(each); });
    return {
      ranked: ranked, results: toShow(ranked, answers), process: process, aims: hasAims(answers),
      notes: rules.push_back.filter(function (note) {
        return Object.keys(note.when).every(function (key) { return holds(key, note.when[key], answers, process); });
      }),
    };
  };

  // The answers in the parameters of an address; what cannot be used is left out.
  copy.readAnswers = function (asked) {
    var answers = {};
    Object.keys(data.oneOf).forEach(function (name) {
      var value = (asked.get(name) || "").trim();
      answers[name] = data.oneOf[name].includes(value) ? value : "";
    });
    Object.keys(data.severalOf).forEach(function (name) {
      var several = data.severalOf[name], given = new Set(asked.getAll(name).map(function (value) { return value.trim(); }));
      answers[name] = Array.from(given).filter(function (value) { return several.options.includes(value); }).slice(0, several.most);
    });
    answers.people = copy.range(asked.get("people"), false, "people");
    ["weeks", "budget", "hours"].forEach(function (name) {
      var range = copy.range(asked.get(name), true, name);
      answers[name] = range && range[1];
    });
    return answers;
  };
})();
