// The page of the planner in a copy of the site without a server: reads the answers in the address, and writes what planner.js finds.
(function () {
  "use strict";
  var copy = window.COPY, data = copy.planner, texts = data.texts, element = copy.element, fill = copy.fill;
  var form = document.querySelector("form.plan-form"), answers = copy.readAnswers(copy.asked);
  if (!form) return;

  // What a copy does not read: own words, the method that somebody asked for, and which question is to be asked alone.
  ["p-text", "p-asked_for"].forEach(function (id) {
    var field = document.getElementById(id);
    if (field) field.closest(".govuk-form-group").remove();
  });

  document.querySelectorAll('main a[href*="?ask="]').forEach(function (link) { link.closest("p").remove(); });

  function paragraph(text) { return element("p", { class: "govuk-body" }, text); }

  function part(id, heading, inside) {
    return element("section", { class: "plan-part", "aria-labelledby": id }, [
      element("h2", { class: "govuk-heading-l", id: id }, heading)].concat(inside));
  }

  // What a point was given for; `size` is that of the run which is shown, as the page of a method speaks of its usual run.
  function said(point, size) {
    var usual = size && size !== "usual" && texts.usual_run[point.id + " " + point.how];
    if (usual) return usual;
    if (!point.of) return texts.off[point.how];
    if (point.how === "unknown") return texts.unknown;
    var options = texts.options[point.id] || {};
    return fill(texts.how[point.id + " " + point.how], { option: options[point.value] || "" });
  }

  // The answers that speak most for a method, and those that speak least for it.
  function because(ranked) {
    var found = ranked.points.filter(function (point) { return point.of && point.points >= 0.5 * point.of && point.how !== "unknown"; })
      .sort(function (one, other) { return other.points - one.points; }).slice(0, 3)
      .map(function (point) { return said(point, ranked.run.size); });
    return found.length ? found : [texts.no_reason];
  }

  function checks(ranked) {
    var tight = ranked.limits.filter(function (limit) { return limit.state === "tight" || limit.state === "over"; })
      .map(function (limit) { return texts.limits[limit.name]; });
    var off = ranked.points.filter(function (point) {
      return ["must_possible", "feeds_row", "hurries", "exposes", "people_over"].includes(point.how);
    }).map(function (point) { return said(point); });
    if (ranked.run.gives_up && ranked.points.some(function (point) { return texts.usual_run[point.id + " " + point.how]; })) off.push(ranked.run.gives_up);
    var short = ranked.points.filter(function (point) { return point.of && point.points < 0.5 * point.of && point.how !== "unknown"; })
      .sort(function (one, other) { return (one.points - one.of) - (other.points - other.of); }).slice(0, 1)
      .map(function (point) { return said(point); });
    return Array.from(new Set(tight.concat(off, short)));
  }

  function unknowns(ranked) {
    return ranked.points.filter(function (point) { return point.how === "unknown"; })
      .map(function (point) { return texts.asked[point.id]; })
      .concat(ranked.limits.filter(function (limit) { return limit.state === "unknown"; })
        .map(function (limit) { return texts.limits[limit.name]; }));
  }

  function reasons(ranked) {
    var rows = [[texts.because, because(ranked)], [texts.check, checks(ranked)],
      [texts.will_not, [ranked.method.will_not].filter(Boolean)], [texts.not_known, unknowns(ranked)]];
    return element("dl", { class: "plan-why__rows" }, rows.filter(function (row) { return row[1].length; }).map(function (row) {
      return element("div", {}, [element("dt", {}, row[0])].concat(row[1].map(function (text) { return element("dd", {}, text); })));
    }));
  }

  // That the money would pay the usual run too, where it does.
  function usualToo(ranked) {
    var usual = copy.usualFits(ranked, answers);
    return usual ? [paragraph(fill(texts.usual_too, { sum: usual.cost }))] : [];
  }

  function sumOf(ranked) {
    function cells(name, values) {
      return element("tr", {}, values.map(function (value) { return element(name, name === "th" ? { scope: "col" } : {}, String(value)); }));
    }
    var rows = ranked.points.map(function (point) { return cells("td", [said(point), point.points, point.of || ""]); });
    return element("details", { class: "plan-sum" }, [
      element("summary", {}, [fill(texts.sum, { points: ranked.score }), copy.aside(" (" + ranked.method.title + ")")]),
      element("table", { class: "govuk-table plan-sum__table" }, [
        element("thead", {}, cells("th", [texts.for, texts.points, texts.of])), element("tbody", {}, rows)])]);
  }

  // A method in its size as a card; `before` stands before its title, `level` is that of its heading.
  function card(ranked, level, before, more) {
    var title = element("h" + level, { class: "card__title" }, before.concat(copy.methodLink(ranked.method.slug, ranked.method.title)));
    var size = element("p", { class: "card__for" }, texts.sizes[ranked.run.size]);
    return element("li", { class: "card plan-card" }, [
      element("div", { class: "card__main" }, [element("div", { class: "card__head" }, [title, size]),
        element("p", { class: "card__summary" }, ranked.method.summary)]),
      element("div", { class: "card__more" }, [element("p", {}, ranked.run.figures)].concat(more))]);
  }

  function notes(found) {
    var lines = found.map(function (note) {
      var basis = note.title ? copy.link(copy.page("rules/" + note.rule), note.title)
        : element("span", { class: "quiet" }, "(" + texts.judgement + ")");
      return element("li", {}, [note.text, " ", basis]);
    });
    return part("notes", texts.notes, element("ul", { class: "plan-notes" }, lines));
  }

  function process(steps) {
    return part("process", texts.process, element("ol", { class: "plan-steps" }, steps.map(function (step) {
      return card(step.ranked, 3, [element("span", { class: "plan-stage" }, texts.stages[step.stage] + ":"), " "], usualToo(step.ranked));
    })));
  }

  // The methods below the heading of their label; the first of a label says where it stands.
  function single(plan) {
    var inside = [paragraph(fill(texts.passing, { num: plan.ranked.length }))], groups = new Map();
    if (!plan.aims) inside.push(paragraph(texts.alphabet));
    plan.results.forEach(function (ranked) {
      groups.set(ranked.label, (groups.get(ranked.label) || []).concat(ranked));
    });
    groups.forEach(function (results, label) {
      if (plan.aims) inside.push(element("h3", { class: "govuk-heading-m" }, texts.labels[label]));
      inside.push(element("ul", { class: "cards" }, results.map(function (ranked) {
        var compare = copy.root + "compare/index.html?m=" + ranked.method.slug + (ranked.run.size === "usual" ? "" : ":" + ranked.run.size);
        var choose = element("p", { class: "card__choose" }, copy.link(compare, [texts.compare, copy.aside(": " + ranked.method.title)]));
        return card(ranked, plan.aims ? 4 : 3, [], plan.aims ? [reasons(ranked)].concat(usualToo(ranked), [choose, sumOf(ranked)]) : choose);
      })));
    });
    return part("single", texts.single, inside);
  }

  // The form holds the answers that were given; of a purpose named twice, the second stands in the second box.
  function fillForm() {
    var purposes = answers.purpose.slice();
    Array.from(form.elements).forEach(function (field) {
      if (!field.name) return;
      if (field.type === "checkbox") field.checked = answers[field.name].includes(field.value);
      else if (field.name === "purpose") field.value = purposes.shift() || "";
      else if (field.tagName === "SELECT") field.value = answers[field.name];
      else field.value = copy.asked.get(field.name) || "";
    });
    form.querySelector("button[type=submit]").textContent = texts.again;
    form.querySelector("details").open = Array.from(form.querySelectorAll("details input, details select")).some(function (field) {
      return field.type === "checkbox" ? field.checked : field.value;
    });
  }

  var given = Object.values(answers).some(function (value) { return value !== null && value.length !== 0; });
  if (!given) return;
  var plan = copy.plan(answers), found = [];
  if (plan.notes.length) found.push(notes(plan.notes));
  if (plan.process.length) found.push(process(plan.process));
  found.push(single(plan), element("h2", { class: "govuk-heading-l", id: "answers" }, texts.answers));
  // Not form.before(): one of its fields is called so.
  found.forEach(function (each) { form.parentNode.insertBefore(each, form); });
  fillForm();
  // What introduces the form alone.
  document.querySelectorAll("main > .govuk-body-l").forEach(function (each) { each.remove(); });
})();
