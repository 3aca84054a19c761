//! The answer of models that give scores only.

use serde::Serialize;

#[derive(Serialize)]
pub struct Answer {
    pub predictions: Vec<Scored>,
}

#[derive(Serialize)]
pub struct Scored {
    pub scores: Vec<f32>,
}

/// `width` scores a row.
pub fn answer(scores: &[f32], width: usize) -> Answer {
    Answer { predictions: scores.chunks(width).map(|row| Scored { scores: row.to_vec() }).collect() }
}
