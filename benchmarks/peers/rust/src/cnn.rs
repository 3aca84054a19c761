//! A picture as JPEG, or as the tensor that the network takes.

use axum::{Json, Router, body::Bytes, extract::State, routing::post};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer, images::Image};
use image::ImageFormat;
use ort::{inputs, value::Tensor};
use serde::Deserialize;

use crate::{Failure, Shared, fail, refuse, scores};

const SIDE: usize = 224;
const PIXELS: usize = SIDE * SIDE;

#[derive(Deserialize)]
struct Numbers {
    image: Vec<f32>,
}

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/predict", post(predict_picture))
        .route("/predict-tensor", post(predict_bytes))
        .route("/predict-json", post(predict_numbers))
}

async fn predict_picture(State(session): State<Shared>, body: Bytes) -> Result<Json<scores::Answer>, Failure> {
    run(session, prepare(&body).map_err(refuse)?)
}

async fn predict_bytes(State(session): State<Shared>, body: Bytes) -> Result<Json<scores::Answer>, Failure> {
    let numbers = body.chunks_exact(4).map(|bytes| f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]));
    run(session, numbers.collect())
}

async fn predict_numbers(
    State(session): State<Shared>,
    Json(body): Json<Numbers>,
) -> Result<Json<scores::Answer>, Failure> {
    run(session, body.image)
}

/// JPEG → float32 [3, 224, 224]. Near to what the model was measured with, not bit for bit: another decoder.
fn prepare(jpeg: &[u8]) -> Result<Vec<f32>, Box<dyn std::error::Error>> {
    let decoded = image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg)?.into_rgb8();
    let (width, height) = decoded.dimensions();
    let picture = Image::from_vec_u8(width, height, decoded.into_raw(), PixelType::U8x3)?;
    let mut small = Image::new(SIDE as u32, SIDE as u32, PixelType::U8x3);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Bilinear));
    Resizer::new().resize(&picture, &mut small, &options)?;
    let mut tensor = vec![0f32; 3 * PIXELS];
    for (index, pixel) in small.buffer().chunks_exact(3).enumerate() {
        for channel in 0..3 {
            tensor[channel * PIXELS + index] = (f32::from(pixel[channel]) / 255.0 - 0.5) / 0.25;
        }
    }
    Ok(tensor)
}

fn run(session: Shared, tensor: Vec<f32>) -> Result<Json<scores::Answer>, Failure> {
    let image = Tensor::from_array(([1, 3, SIDE, SIDE], tensor)).map_err(refuse)?;
    let mut session = session.lock().map_err(fail)?;
    let outputs = session.run(inputs!["image" => image]).map_err(fail)?;
    let (_, found) = outputs["scores"].try_extract_tensor::<f32>().map_err(fail)?;
    Ok(Json(scores::answer(found, 10)))
}
