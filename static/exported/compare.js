// Sets methods side by side in a copy of the site without a server: the facts come from comparison-data.js in words,
// and what differs is found here as catalogue/presentation/plans/comparison.py finds it.
(function () {
  "use strict";
  var copy = window.COPY, data = copy.comparison, element = copy.element, texts = data.texts;

  // The methods of an address in their sizes, each once, at most as many as fit: [{slug, size, title, cells}].
  copy.readPicks = function (values) {
    var found = {};
    values.forEach(function (value) {
      var parts = value.trim().toLowerCase().split(":"), method = data.methods[parts[0]];
      if (!method) return;
      var size = method.sizes[parts[1]] ? parts[1] : "usual";
      found[parts[0] + ":" + size] = { slug: parts[0], size: size, title: method.title, cells: method.sizes[size] };
    });
    return Object.values(found).slice(0, data.most);
  };

  function least(ends, others) {
    function end(pair) { return pair[1] === null ? Infinity : pair[1]; }
    return ends && others.length > 0 && others.every(function (other) {
      return other && (other[0] !== ends[0] || other[1] !== ends[1]) && ends[0] <= other[0] && end(ends) <= end(other);
    });
  }

  // The rows: [{label, same, cells: [{text, note, apart}]}].
  copy.compare = function (picks) {
    return data.rows.map(function (row, place) {
      var cells = picks.map(function (pick) { return pick.cells[place]; });
      var shown = cells.map(function (cell, number) {
        var others = cells.filter(function (_, other) { return other !== number; });
        var theirs = others.flatMap(function (other) { return other.options || []; });
        var own = (cell.options || []).filter(function (option) { return !theirs.includes(option); });
        var apart = "";
        if (row.several && theirs.length && own.length) apart = copy.fill(texts.only, { listed: own.join(", ") });
        if (row.least && least(cell.ends, others.map(function (other) { return other.ends; }))) apart = row.least;
        return { text: cell.text || "", note: cell.note || "", apart: apart };
      });
      return { label: row.label, cells: shown, same: new Set(shown.map(function (cell) { return cell.text; })).size === 1 };
    });
  };

  function name(pick) { return pick.title + ", " + data.sizes[pick.size]; }

  function address(picks) {
    return "?" + picks.map(function (pick) { return "m=" + pick.slug + (pick.size === "usual" ? "" : ":" + pick.size); }).join("&");
  }

  function head(picks) {
    var cells = picks.map(function (pick) {
      return element("th", { role: "columnheader", scope: "col" }, [
        copy.methodLink(pick.slug, pick.title), " ", element("span", { class: "compare__size" }, data.sizes[pick.size])]);
    });
    var corner = element("th", { class: "compare__corner", role: "columnheader", scope: "col" }, texts.fact);
    return element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, [corner].concat(cells)));
  }

  function line(row, picks) {
    var verdict = element("span", { class: "compare__verdict" }, row.same ? texts.same : texts.differs);
    var label = element("th", { role: "rowheader", scope: "row" }, picks.length > 1 ? [row.label, " ", verdict] : row.label);
    var cells = row.cells.map(function (cell, number) {
      var of = picks[number].size === "usual" ? picks[number].title : name(picks[number]);
      return element("td", { role: "cell" }, [
        element("span", { class: "compare__of" }, of + ":"), " ",
        cell.text || element("span", { class: "quiet" }, texts.unknown),
        cell.note ? element("span", { class: "compare__note" }, " " + cell.note) : null,
        cell.apart ? element("strong", { class: "compare__apart" }, " " + cell.apart) : null]);
    });
    return element("tr", picks.length > 1 && !row.same ? { role: "row", class: "compare__differs" } : { role: "row" }, [label].concat(cells));
  }

  function table(rows, picks) {
    var caption = element("caption", { class: "govuk-visually-hidden", id: "compare-caption" }, texts.caption);
    var body = element("tbody", { role: "rowgroup" }, rows.map(function (row) { return line(row, picks); }));
    var whole = element("table", { class: "compare compare--" + picks.length, role: "table" }, [caption, head(picks), body]);
    return element("div", { class: "scroll", role: "region", "aria-labelledby": "compare-caption", tabindex: "0" }, whole);
  }

  // The links that take another size of a method, or leave it out.
  function changes(picks) {
    var lines = picks.map(function (pick) {
      var links = Object.keys(data.methods[pick.slug].sizes).filter(function (size) {
        return !picks.some(function (other) { return other.slug === pick.slug && other.size === size; });
      }).flatMap(function (size) {
        var other = picks.map(function (each) { return each === pick ? { slug: pick.slug, size: size } : each; });
        return [copy.link(address(other), copy.fill(texts.take, { size: data.sizes[size] })), " "];
      });
      var rest = picks.filter(function (each) { return each !== pick; });
      return element("li", {}, [element("strong", {}, name(pick)), " "].concat(links, copy.link(address(rest), [texts.remove, copy.aside(" " + name(pick))])));
    });
    return element("section", { class: "compare-change", "aria-labelledby": "change" }, [
      element("h2", { class: "govuk-heading-m", id: "change" }, texts.change), element("ul", { class: "compare-change__list" }, lines)]);
  }

  var form = document.querySelector("form.pick"), picks = copy.readPicks(copy.asked.getAll("m"));
  if (!picks.length) return;
  var rows = copy.compare(picks), intro = document.querySelector("main .narrow");
  var differing = rows.filter(function (row) { return !row.same; }).length;
  intro.replaceChildren(element("p", { class: "govuk-body" }, picks.length < 2 ? texts.one : copy.fill(texts.differ, { num: differing, all: rows.length })));
  if (picks.length > 1) document.querySelector("h1").textContent = copy.fill(texts.heading, { num: picks.length });
  intro.after(table(rows, picks), changes(picks));
  // The form adds to what is compared.
  form.prepend.apply(form, picks.map(function (pick) {
    return element("input", { type: "hidden", name: "m", value: address([pick]).slice(3) });
  }));
  form.hidden = picks.length >= data.most;
})();
