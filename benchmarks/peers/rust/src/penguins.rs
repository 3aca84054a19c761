//! Rows of six fields.

use std::collections::HashMap;

use axum::{Json, Router, extract::State, routing::post};
use ort::{
    inputs,
    value::{DynMapValueType, Tensor},
};
use serde::{Deserialize, Serialize};

use crate::{Failure, Shared, fail, refuse};

#[derive(Deserialize)]
struct Request {
    rows: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
enum Island {
    Biscoe,
    Dream,
    Torgersen,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Sex {
    Female,
    Male,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    island: Island,
    bill_length_mm: Option<f32>,
    bill_depth_mm: Option<f32>,
    flipper_length_mm: Option<f32>,
    body_mass_g: Option<f32>,
    sex: Option<Sex>,
}

#[derive(Serialize)]
struct Answer {
    predictions: Vec<Prediction>,
}

#[derive(Serialize)]
struct Prediction {
    label: String,
    probabilities: HashMap<String, f32>,
}

pub fn routes() -> Router<Shared> {
    Router::new().route("/predict", post(predict))
}

async fn predict(
    State(session): State<Shared>,
    Json(Request { rows }): Json<Request>,
) -> Result<Json<Answer>, Failure> {
    for row in &rows {
        check(row)?;
    }
    let feeds = inputs![
        "island" => words(rows.iter().map(|row| island(&row.island)))?,
        "bill_length_mm" => numbers(rows.iter().map(|row| row.bill_length_mm))?,
        "bill_depth_mm" => numbers(rows.iter().map(|row| row.bill_depth_mm))?,
        "flipper_length_mm" => numbers(rows.iter().map(|row| row.flipper_length_mm))?,
        "body_mass_g" => numbers(rows.iter().map(|row| row.body_mass_g))?,
        "sex" => words(rows.iter().map(|row| sex(row.sex.as_ref())))?,
    ];
    let mut session = session.lock().map_err(fail)?;
    let outputs = session.run(feeds).map_err(fail)?;
    let (_, labels) = outputs["output_label"].try_extract_strings().map_err(fail)?;
    let maps = outputs["output_probability"].try_extract_sequence::<DynMapValueType>().map_err(fail)?;
    let predictions = labels.into_iter().zip(maps).map(|(label, map)| {
        let probabilities = map.try_extract_map::<String, f32>().map_err(fail)?;
        Ok(Prediction { label, probabilities })
    });
    Ok(Json(Answer { predictions: predictions.collect::<Result<_, Failure>>()? }))
}

/// The ranges of the manifest.
fn check(row: &Row) -> Result<(), Failure> {
    let ranges = [
        (row.bill_length_mm, 25.0..=65.0),
        (row.bill_depth_mm, 10.0..=28.0),
        (row.flipper_length_mm, 130.0..=280.0),
        (row.body_mass_g, 1500.0..=9000.0),
    ];
    match ranges.iter().find(|(value, range)| value.is_some_and(|value| !range.contains(&value))) {
        Some((value, range)) => Err(refuse(format!("expected a number in {range:?}, got {value:?}"))),
        None => Ok(()),
    }
}

fn numbers(values: impl ExactSizeIterator<Item = Option<f32>>) -> Result<Tensor<f32>, Failure> {
    let shape = [values.len(), 1];
    Tensor::from_array((shape, values.map(|value| value.unwrap_or(f32::NAN)).collect::<Vec<_>>())).map_err(fail)
}

fn words(values: impl ExactSizeIterator<Item = &'static str>) -> Result<Tensor<String>, Failure> {
    let shape = [values.len(), 1];
    let values: Vec<&str> = values.collect();
    Tensor::from_string_array((shape, values.as_slice())).map_err(fail)
}

fn island(island: &Island) -> &'static str {
    match island {
        Island::Biscoe => "Biscoe",
        Island::Dream => "Dream",
        Island::Torgersen => "Torgersen",
    }
}

fn sex(sex: Option<&Sex>) -> &'static str {
    match sex {
        Some(Sex::Female) => "female",
        Some(Sex::Male) => "male",
        None => "missing",
    }
}
