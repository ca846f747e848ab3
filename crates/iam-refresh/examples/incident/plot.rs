//! The outcome as a picture: one strip a service, time to the right, probe latency upwards, red where no answer came.

use crate::probe::{PATIENCE, Record};
use crate::{Outcome, Plan};
use std::fmt::Write;
use std::time::Duration;

const WIDTH: f64 = 900.0;
const STRIP: f64 = 110.0;
const LEFT: f64 = 90.0;
const TOP: f64 = 40.0;

pub(crate) fn render(outcomes: &[Outcome], plan: Plan) -> String {
    let strips = f64::from(u32::try_from(outcomes.len()).unwrap_or(0));
    let (width, height) = (LEFT + WIDTH + 20.0, TOP + strips * STRIP + 30.0);
    let (ill, well) = (across(plan.ill_from, plan), across(plan.ill_until, plan));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n\
         <rect x=\"{ill}\" y=\"{TOP}\" width=\"{}\" height=\"{}\" fill=\"#f3f0e6\"/>\n\
         <text x=\"{ill}\" y=\"{}\">calls to STS hang for {:.0?}</text>\n",
        well - ill,
        strips * STRIP,
        TOP - 8.0,
        plan.hang,
    );
    let mut bottom = TOP;
    for outcome in outcomes {
        bottom += STRIP;
        svg.push_str(&strip(outcome, bottom, plan));
    }
    let (start, end) = (across(Duration::ZERO, plan), across(plan.end, plan));
    let _infallible = write!(
        svg,
        "<text x=\"{start}\" y=\"{y}\">0 s</text><text x=\"{end}\" y=\"{y}\" text-anchor=\"end\">{:.0?}</text>\n</svg>\n",
        plan.end,
        y = bottom + 18.0,
    );
    svg
}

fn strip(outcome: &Outcome, bottom: f64, plan: Plan) -> String {
    let (mut points, mut missed) = (String::new(), String::new());
    for probe in &outcome.probes {
        let (x, y) = (across(probe.at, plan), bottom - up(probe));
        let _infallible = write!(points, "{x:.1},{y:.1} ");
        if probe.answer.is_none() {
            let _infallible = write!(missed, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"1.5\"/>");
        }
    }
    format!(
        "<line x1=\"{LEFT}\" x2=\"{}\" y1=\"{bottom}\" y2=\"{bottom}\" stroke=\"#999\"/>\n\
         <text x=\"8\" y=\"{}\">{}</text><text x=\"{}\" y=\"{}\" text-anchor=\"end\" fill=\"#777\">{PATIENCE:.0?}</text>\n\
         <polyline points=\"{points}\" fill=\"none\" stroke=\"#24618c\"/>\n<g fill=\"#c22\">{missed}</g>\n",
        LEFT + WIDTH,
        bottom - 40.0,
        outcome.name,
        LEFT - 6.0,
        bottom - STRIP + 24.0,
    )
}

fn across(at: Duration, plan: Plan) -> f64 {
    LEFT + WIDTH * at.as_secs_f64() / plan.end.as_secs_f64()
}

fn up(probe: &Record) -> f64 {
    (STRIP - 20.0) * probe.answer.unwrap_or(PATIENCE).as_secs_f64() / PATIENCE.as_secs_f64()
}
