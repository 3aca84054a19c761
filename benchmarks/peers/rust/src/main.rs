//! A small server as its users would write it: axum, the `ort` crate, one session behind a mutex, one run a request.
//! Arguments: port, folder of the model package. ORT_DYLIB_PATH: the runtime's shared library.

mod cnn;
mod mlp;
mod penguins;
mod scores;

use std::{env, path::Path, sync::Mutex};

use axum::{Router, extract::DefaultBodyLimit, http::StatusCode};
use ort::{environment::Environment, session::Session};

pub type Failure = (StatusCode, String);
pub type Shared = &'static Mutex<Session>;

/// What a caller sent is wrong.
pub fn refuse(error: impl ToString) -> Failure {
    (StatusCode::UNPROCESSABLE_ENTITY, error.to_string())
}

/// What the model did is wrong.
pub fn fail(error: impl ToString) -> Failure {
    (StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let [port, package] = env::args().skip(1).collect::<Vec<_>>().try_into().map_err(|_| "expected: port, package")?;
    let environment = ort::init_from(env::var("ORT_DYLIB_PATH")?)?.with_telemetry(false).build()?;
    let session = open(&environment, Path::new(&package))?;
    let shared: Shared = Box::leak(Box::new(Mutex::new(session)));
    let name = Path::new(&package).file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let routes = match name {
        "penguins" => penguins::routes(),
        "cnn" => cnn::routes(),
        "mlp" => mlp::routes(),
        other => return Err(format!("no routes for the model {other}").into()),
    };
    let app: Router = routes.layer(DefaultBodyLimit::max(16 << 20)).with_state(shared);
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    axum::serve(listener, app).await?;
    Ok(())
}

fn open(environment: &Environment, package: &Path) -> Result<Session, Box<dyn std::error::Error>> {
    let mut builder = Session::builder(environment)?.with_intra_threads(1)?.with_inter_threads(1)?;
    Ok(builder.commit_from_file(package.join("model.onnx"))?)
}
