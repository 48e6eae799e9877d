//! Plots as SVG, written by hand: panels with axes, lines in them, and one legend.

use std::fmt::Write as _;

const PANEL: (f64, f64) = (250.0, 170.0);
/// Left of, above, right of and below each panel.
const MARGIN: (f64, f64, f64, f64) = (58.0, 30.0, 14.0, 44.0);
const HEAD: f64 = 56.0;
/// So wide that all names fit beside each other.
const LEGEND: f64 = 480.0;

/// Told apart in print and by those who do not see all colours (Okabe and Ito), and by their dashes.
const STYLES: [(&str, &str); 4] = [("#767676", "2 3"), ("#d55e00", "7 3"), ("#0072b2", "1 4 6 4"), ("#009e73", "")];

pub(crate) struct Figure {
    pub(crate) title: String,
    /// In the order of the styles.
    pub(crate) legend: Vec<&'static str>,
    pub(crate) columns: usize,
    pub(crate) panels: Vec<Panel>,
}

pub(crate) struct Panel {
    pub(crate) title: String,
    pub(crate) x: Axis,
    pub(crate) y: Axis,
    pub(crate) lines: Vec<Line>,
}

pub(crate) struct Axis {
    pub(crate) label: &'static str,
    /// The first and the last are where the axis ends.
    pub(crate) ticks: Vec<f64>,
    pub(crate) is_log: bool,
}

pub(crate) struct Line {
    /// Its place in the legend.
    pub(crate) style: usize,
    /// A value that is not a number interrupts it.
    pub(crate) points: Vec<(f64, f64)>,
}

impl Axis {
    pub(crate) fn linear(label: &'static str, ticks: &[f64]) -> Self {
        Self { label, ticks: ticks.to_vec(), is_log: false }
    }

    pub(crate) fn log(label: &'static str, ticks: &[f64]) -> Self {
        Self { label, ticks: ticks.to_vec(), is_log: true }
    }

    /// How far along the axis a value is, from 0 to 1; what is beyond the ends is at them.
    fn part(&self, value: f64) -> f64 {
        let scale = |value: f64| if self.is_log { value.max(1e-9).ln() } else { value };
        let (first, last) = (self.ticks.first().copied().unwrap_or(0.0), self.ticks.last().copied().unwrap_or(1.0));
        ((scale(value) - scale(first)) / (scale(last) - scale(first))).clamp(0.0, 1.0)
    }
}

impl Figure {
    pub(crate) fn svg(&self) -> String {
        let cell = (PANEL.0 + MARGIN.0 + MARGIN.2, PANEL.1 + MARGIN.1 + MARGIN.3);
        let rows = self.panels.len().div_ceil(self.columns);
        let width = (cell.0 * self.columns as f64).max(LEGEND);
        let height = cell.1 * rows as f64 + HEAD;
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" \
             height=\"{height:.0}\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"12\" fill=\"#222\">\n"
        );
        add(&mut svg, format_args!("<title>{}</title>", self.title));
        add(&mut svg, format_args!("<rect width=\"{width:.0}\" height=\"{height:.0}\" fill=\"#fff\"/>"));
        text(&mut svg, (MARGIN.0, 20.0), "start", "font-size=\"15\" font-weight=\"bold\"", &self.title);
        self.legend(&mut svg);
        for (place, panel) in self.panels.iter().enumerate() {
            let (column, row) = (place % self.columns, place / self.columns);
            panel.draw(&mut svg, (cell.0 * column as f64 + MARGIN.0, cell.1 * row as f64 + HEAD + MARGIN.1));
        }
        svg.push_str("</svg>\n");
        svg
    }

    fn legend(&self, svg: &mut String) {
        let mut x = MARGIN.0;
        for (name, style) in self.legend.iter().zip(STYLES) {
            add(svg, format_args!("<path d=\"M{x:.0} 40h28\" {}/>", stroke(style)));
            text(svg, (x + 34.0, 44.0), "start", "", name);
            x += 60.0 + 7.0 * name.len() as f64;
        }
    }
}

impl Panel {
    fn draw(&self, svg: &mut String, (left, top): (f64, f64)) {
        let (right, bottom) = (left + PANEL.0, top + PANEL.1);
        text(svg, (left, top - 8.0), "start", "font-weight=\"bold\"", &self.title);
        for tick in &self.x.ticks {
            let x = left + PANEL.0 * self.x.part(*tick);
            add(svg, format_args!("<path d=\"M{x:.1} {top:.1}V{bottom:.1}\" stroke=\"#e4e4e4\"/>"));
            text(svg, (x, bottom + 16.0), "middle", "", &tick.to_string());
        }
        for tick in &self.y.ticks {
            let y = bottom - PANEL.1 * self.y.part(*tick);
            add(svg, format_args!("<path d=\"M{left:.1} {y:.1}H{right:.1}\" stroke=\"#e4e4e4\"/>"));
            text(svg, (left - 6.0, y + 4.0), "end", "", &tick.to_string());
        }
        add(
            svg,
            format_args!("<path d=\"M{left:.1} {top:.1}V{bottom:.1}H{right:.1}\" fill=\"none\" stroke=\"#555\"/>"),
        );
        text(svg, (f64::midpoint(left, right), bottom + 34.0), "middle", "", self.x.label);
        let (x, y) = (left - 44.0, f64::midpoint(top, bottom));
        text(svg, (x, y), "middle", &format!("transform=\"rotate(-90 {x:.1} {y:.1})\""), self.y.label);
        for line in &self.lines {
            let path = self.path(line, left, bottom);
            add(svg, format_args!("<path d=\"{path}\" {}/>", stroke(STYLES[line.style])));
        }
    }

    fn path(&self, line: &Line, left: f64, bottom: f64) -> String {
        let mut path = String::new();
        let mut is_broken = true;
        for (x, y) in &line.points {
            if !y.is_finite() {
                is_broken = true;
                continue;
            }
            let letter = if std::mem::take(&mut is_broken) { 'M' } else { 'L' };
            let (x, y) = (left + PANEL.0 * self.x.part(*x), bottom - PANEL.1 * self.y.part(*y));
            path.push_str(&format!("{letter}{x:.1} {y:.1}"));
        }
        path
    }
}

fn stroke((colour, dashes): (&str, &str)) -> String {
    let dashes = if dashes.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dashes}\"") };
    format!("fill=\"none\" stroke=\"{colour}\" stroke-width=\"2.2\" stroke-linejoin=\"round\"{dashes}")
}

fn text(svg: &mut String, (x, y): (f64, f64), anchor: &str, more: &str, text: &str) {
    add(svg, format_args!("<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" {more}>{text}</text>"));
}

fn add(svg: &mut String, line: std::fmt::Arguments<'_>) {
    writeln!(svg, "{line}").expect("text grows");
}
