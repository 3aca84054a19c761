//! Rows of 32 numbers.

use axum::{Json, Router, extract::State, routing::post};
use ort::{inputs, value::Tensor};
use serde::Deserialize;

use crate::{Failure, Shared, fail, refuse, scores};

const WIDTH: usize = 32;

#[derive(Deserialize)]
struct Request {
    rows: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    features: Vec<f32>,
}

pub fn routes() -> Router<Shared> {
    Router::new().route("/predict", post(predict))
}

async fn predict(
    State(session): State<Shared>,
    Json(Request { rows }): Json<Request>,
) -> Result<Json<scores::Answer>, Failure> {
    if rows.iter().any(|row| row.features.len() != WIDTH) {
        return Err(refuse("expected 32 numbers a row"));
    }
    let shape = [rows.len(), WIDTH];
    let data: Vec<f32> = rows.into_iter().flat_map(|row| row.features).collect();
    let features = Tensor::from_array((shape, data)).map_err(fail)?;
    let mut session = session.lock().map_err(fail)?;
    let outputs = session.run(inputs!["features" => features]).map_err(fail)?;
    let (_, found) = outputs["scores"].try_extract_tensor::<f32>().map_err(fail)?;
    Ok(Json(scores::answer(found, 8)))
}
