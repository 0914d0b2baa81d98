//! The failure of the main README: one connection for all invocations, opened before the first invocation to save time. Ordinary
//! tests pass. Then Lambda initialises a second environment, which takes the machine's only connection and is never invoked.
use lambda_runtime::{run, service_fn, Error, LambdaEvent};
use serde_json::Value;
use std::env::var;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Mutex;
use tokio::time::timeout;

const LIMIT: Duration = Duration::from_secs(2);

async fn connect() -> Result<TcpStream, Error> {
    let address = format!("{}:{}", var("PEER_HOST")?, var("PEER_PORT")?);
    let mut machine = timeout(LIMIT, TcpStream::connect(address)).await??;
    ask(&mut machine, "login\n").await?;
    Ok(machine)
}

async fn ask(machine: &mut TcpStream, question: &str) -> Result<String, Error> {
    machine.write_all(question.as_bytes()).await?;
    let mut answer = [0; 256];
    let length = timeout(LIMIT, machine.read(&mut answer)).await??;
    let text = String::from_utf8_lossy(&answer[..length]).to_string();
    if length == 0 || text.contains("busy") {
        return Err("the machine serves somebody else".into());
    }
    Ok(text)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let machine = &Mutex::new(connect().await.ok()); // if it fails, the first invocation tries again
    run(service_fn(move |_: LambdaEvent<Value>| async move {
        let mut machine = machine.lock().await;
        if machine.is_none() {
            *machine = Some(connect().await?);
        }
        ask(machine.as_mut().unwrap(), "boiler temperature?\n").await
    }))
    .await
}
