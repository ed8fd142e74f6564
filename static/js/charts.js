// Draws the chart of an indicator from the JSON block that its canvas names; the words come with it.
(() => {
  "use strict";
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const CAP = 30; // pixels over which an open end fades out
  const MARK = 12; // the same for a target
  const HATCH = 6; // pixels between hatching lines
  const NARROW = 480; // pixels of a chart that has no room for sources: the table below has them

  const readPalette = () => {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    return {
      own: colour("series-1"),
      target: colour("series-2"),
      wider: colour("series-3"),
      ink: colour("ink"),
      soft: colour("ink-soft"),
      paper: colour("paper"),
      line: colour("line"),
      font: style.getPropertyValue("--font").trim(),
    };
  };

  const fading = (context, colour, from, to) => {
    const gradient = context.createLinearGradient(0, from, 0, to);
    gradient.addColorStop(0, colour);
    // Not 0 %: that is a transparent black, through which a canvas would fade.
    gradient.addColorStop(1, `color-mix(in srgb, ${colour} 1%, transparent)`);
    return gradient;
  };

  // Hatches a box; with `fades`, the lines go out towards `end`.
  const hatch = (context, left, right, start, end, colour, fades) => {
    const [top, bottom] = start < end ? [start, end] : [end, start];
    context.save();
    context.beginPath();
    context.rect(left, top, right - left, bottom - top);
    context.clip();
    context.strokeStyle = fades ? fading(context, colour, start, end) : colour;
    context.lineWidth = 1.5;
    context.beginPath();
    const height = bottom - top;
    for (let x = left - height - HATCH; x < right + HATCH; x += HATCH) {
      context.moveTo(x, bottom);
      context.lineTo(x + height, top);
    }
    context.stroke();
    context.restore();
  };

  // The outline of a bar; the end is left away where more lies beyond it.
  const outline = (context, left, right, base, end, closed) => {
    context.beginPath();
    context.moveTo(left, base);
    context.lineTo(left, end);
    context[closed ? "lineTo" : "moveTo"](right, end);
    context.lineTo(right, base);
    context.stroke();
  };

  const solid = (context, box, point, colour) => {
    const { left, right, base, end, closed } = box;
    context.fillStyle = colour;
    context.strokeStyle = colour;
    context.lineWidth = 1.5;
    if (point.style === "final") {
      context.fillRect(left, end, right - left, base - end);
      return;
    }
    if (point.style === "preliminary") {
      context.globalAlpha = 0.28;
      context.fillRect(left, end, right - left, base - end);
      context.globalAlpha = 1;
    }
    context.setLineDash(point.style === "forecast" ? [4, 3] : []);
    outline(context, left + 0.75, right - 0.75, base, end, closed);
    context.setLineDash([]);
  };

  // A part of a year is a thin stem with a ring, so that it never looks like a full year.
  const stem = (context, box, colour, paper) => {
    const middle = (box.left + box.right) / 2;
    context.strokeStyle = colour;
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(middle, box.base);
    context.lineTo(middle, box.end);
    context.stroke();
    context.beginPath();
    context.arc(middle, box.end, 4, 0, 2 * Math.PI);
    context.fillStyle = paper;
    context.fill();
    context.stroke();
  };

  const paintPoint = (chart, element, point, colour, paper) => {
    const { ctx: context, scales, chartArea } = chart;
    const { x, y, base, width } = element.getProps(["x", "y", "base", "width"]);
    const rise = (from, to) => scales.y.getPixelForValue(from) - scales.y.getPixelForValue(to);
    const exact = point.low !== null && point.low === point.high;
    const box = { left: x - width / 2, right: x + width / 2, base, end: y, closed: exact };
    context.save();
    if (point.style === "part") {
      stem(context, box, colour, paper);
      box.left = x - 4;
      box.right = x + 4;
    } else if (point.low !== null) {
      solid(context, box, point, colour);
    }
    if (point.open === "above") {
      hatch(context, box.left, box.right, y, Math.max(y - CAP, chartArea.top), colour, true);
    } else if (!exact) {
      hatch(context, box.left, box.right, y, y - rise(point.low ?? 0, point.high), colour, false);
    } else if (point.approximate) {
      hatch(context, box.left, box.right, y, y + Math.min(CAP / 2, base - y), paper, true);
    }
    context.restore();
  };

  // A target is a line at its bound over its period, and fades towards the side that fulfils it.
  const paintTarget = (chart, target, colour) => {
    const { ctx: context, scales, chartArea } = chart;
    const slot = chartArea.width / chart.data.labels.length; // of all years: ticks may be left out
    const left = chartArea.left + target.from * slot + 2;
    const right = chartArea.left + target.to * slot - 2;
    const at = (value) => Math.round(scales.y.getPixelForValue(value));
    context.save();
    if (target.open === "above") {
      hatch(context, left, right, at(target.low), at(target.low) - MARK, colour, true);
    } else if (target.open === "below") {
      hatch(context, left, right, at(target.high), at(target.high) + MARK, colour, true);
    } else if (target.low !== target.high) {
      hatch(context, left, right, at(target.low), at(target.high), colour, false);
    }
    for (const bound of new Set([target.low, target.high])) {
      if (bound === null) continue;
      context.strokeStyle = colour;
      context.lineWidth = 2.5;
      context.setLineDash(target.approximate ? [8, 4] : []);
      context.beginPath();
      context.moveTo(left, at(bound));
      context.lineTo(right, at(bound));
      context.stroke();
    }
    context.restore();
  };

  // The way still to go: a dashed line from the top of the last final bar to the next target.
  const paintPath = (chart, path, colour) => {
    const { ctx: context, scales, chartArea } = chart;
    const final = chart.data.datasets.findIndex(({ source }) => source?.style === "final");
    const bar = chart.getDatasetMeta(final).data[path.from];
    const slot = chartArea.width / chart.data.labels.length;
    context.save();
    context.strokeStyle = colour;
    context.lineWidth = 2;
    context.setLineDash([6, 5]);
    context.beginPath();
    context.moveTo(bar.getProps(["x"]).x, scales.y.getPixelForValue(path.start));
    context.lineTo(chartArea.left + (path.to + 0.5) * slot, scales.y.getPixelForValue(path.end));
    context.stroke();
    context.restore();
  };

  // Breaks a text where the chart is too narrow for it, between words or, in Chinese, anywhere.
  const wrap = (chart, text) => {
    const room = Math.max(120, chart.width * 0.7);
    const lines = [""];
    for (const word of text.match(/[\u2E80-\uFFEF]|[^\s\u2E80-\uFFEF]+\s*|\s+/g) ?? []) {
      const longer = lines[lines.length - 1] + word;
      if (lines[lines.length - 1] && chart.ctx.measureText(longer.trimEnd()).width > room) {
        lines.push(word);
      } else {
        lines[lines.length - 1] = longer;
      }
    }
    return lines;
  };

  const draw = (figure) => {
    const data = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
    const { ticks } = data.axis;
    let palette = readPalette();
    let wider = false; // whether the wider indicator is switched on

    const drawn = (series) => wider || !series.wider;
    const lines = (year) => data.years[year].lines.filter(drawn);
    const crowd = () =>
      Math.max(
        1,
        ...data.years.map(
          (_, year) => data.series.filter((one) => drawn(one) && one.points[year]).length,
        ),
      );
    const thickness = ({ chart }) =>
      Math.max(5, Math.min(48, (0.88 * (chart.width - 56)) / data.years.length / crowd()));

    const painting = {
      id: "painting",
      afterDatasetsDraw: (chart) => {
        chart.data.datasets.forEach((dataset, index) => {
          if (!chart.isDatasetVisible(index)) return;
          chart.getDatasetMeta(index).data.forEach((element, year) => {
            const point = dataset.source?.points[year];
            const colour = dataset.source?.wider ? palette.wider : palette.own;
            if (point) paintPoint(chart, element, point, colour, palette.paper);
          });
        });
        for (const target of data.targets) paintTarget(chart, target, palette.target);
        if (data.path) paintPath(chart, data.path, palette.target);
      },
    };

    // The bars only give places, sizes and motion: the painting draws them, vague ends included.
    const bars = data.series.map((series) => ({
      type: "bar",
      source: series,
      data: series.points.map((point) => point && (point.low ?? 0)),
      backgroundColor: "transparent",
      skipNull: true,
      hidden: !drawn(series),
      barThickness: (context) => thickness(context) * 0.86,
    }));
    const highest = ticks[ticks.length - 1].value;
    const places = () =>
      data.years.map((_, year) => (lines(year).length ? highest * 0.6 : null));
    const anchors = {
      type: "line",
      anchor: true,
      data: places(),
      showLine: false,
      pointRadius: 0,
      pointHoverRadius: 0,
    };

    const chart = new Chart(figure.querySelector("canvas"), {
      data: { labels: data.years.map((year) => year.text), datasets: [...bars, anchors] },
      plugins: [painting],
      options: {
        responsive: true,
        maintainAspectRatio: false,
        animation: calm.matches ? false : { duration: 500 },
        font: { family: palette.font },
        layout: { padding: { top: 4 } },
        interaction: { mode: "index", intersect: false },
        scales: {
          x: {
            border: { color: () => palette.soft },
            grid: { display: false },
            ticks: { color: () => palette.soft, maxRotation: 0, autoSkipPadding: 2 },
          },
          y: {
            min: ticks[0].value,
            max: highest,
            afterBuildTicks: (axis) => {
              axis.ticks = ticks.map(({ value }) => ({ value }));
            },
            border: { display: false },
            grid: { color: () => palette.line },
            ticks: {
              autoSkip: false,
              color: () => palette.soft,
              callback: (_value, index) => ticks[index].text,
            },
          },
        },
        plugins: {
          legend: { display: false },
          tooltip: {
            filter: (item) => Boolean(item.dataset.anchor),
            displayColors: false,
            backgroundColor: () => palette.ink,
            titleColor: () => palette.paper,
            bodyColor: () => palette.paper,
            padding: 10,
            callbacks: {
              label: (item) =>
                lines(item.dataIndex).flatMap(({ text, source }) => [
                  ...wrap(chart, text),
                  ...(chart.width < NARROW ? [] : wrap(chart, source)).map((line) => `    ${line}`),
                ]),
            },
          },
        },
      },
    });

    for (const input of figure.querySelectorAll("[data-chart-wider]")) {
      input.addEventListener("change", () => {
        wider = input.checked;
        data.series.forEach((series, index) => chart.setDatasetVisibility(index, drawn(series)));
        anchors.data = places();
        for (const entry of figure.querySelectorAll("[data-chart-mark=wider]")) {
          entry.hidden = !wider;
        }
        chart.update();
      });
    }

    document.addEventListener("themechange", () => {
      palette = readPalette();
      chart.update("none");
    });
    calm.addEventListener("change", () => {
      chart.options.animation = calm.matches ? false : { duration: 500 };
    });
  };

  // Drawn when the reader comes near: it keeps a phone busy for a while.
  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        draw(target);
      }
    },
    { rootMargin: "200px" },
  );
  for (const figure of document.querySelectorAll("[data-chart]")) {
    // Without the library the server's picture stands in, as it does where no script runs.
    if (window.Chart) near.observe(figure);
    else figure.hidden = true;
  }
})();
