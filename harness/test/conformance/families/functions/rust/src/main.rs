//! The function of the conformance suite in Rust. The event says what the handler does, and the variable INIT what the Init does.
use lambda_runtime::{run, service_fn, tracing, Error, LambdaEvent};
use serde_json::{json, Value};
use std::env::var;
use std::fmt;

#[derive(Debug)]
struct OwnError(&'static str);
impl fmt::Display for OwnError {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "{}", self.0)
    }
}
impl std::error::Error for OwnError {}

async fn handler(event: LambdaEvent<Value>) -> Result<Value, Error> {
    let (given, context) = event.into_parts();
    match given["do"].as_str().unwrap_or("") {
        "context" => Ok(json!({ "id": context.request_id, "arn": context.invoked_function_arn, "limited": context.deadline > 0,
            "name": context.env_config.function_name, "memory": context.env_config.memory })),
        "nothing" => Ok(Value::Null),
        "fail" => Err("bad\nnews".into()),
        "own" => Err(OwnError("own").into()),
        "log" => {
            println!("one\ntwo");
            Ok(given)
        }
        "panic" => panic!("no way"),
        "exit" => std::process::exit(7),
        _ => Ok(given),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    if let Ok(init) = var("INIT") {
        if init == "fail" {
            return Err(OwnError("at init").into());
        }
    }
    tracing::init_default_subscriber();
    run(service_fn(handler)).await
}
