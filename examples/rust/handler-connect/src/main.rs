//! The fix: each invocation has its own connection. The handler opens the connection. Before the handler returns, it waits until the
//! machine has closed the connection too, so that the next environment finds the machine free.
use lambda_runtime::{run, service_fn, Error, LambdaEvent};
use serde_json::Value;
use std::env::var;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

const LIMIT: Duration = Duration::from_secs(2);

async fn handler(_: LambdaEvent<Value>) -> Result<String, Error> {
    let address = format!("{}:{}", var("PEER_HOST")?, var("PEER_PORT")?);
    let mut machine = timeout(LIMIT, TcpStream::connect(address)).await??;
    let answer = exchange(&mut machine).await;
    close_and_wait(&mut machine).await;
    answer
}

async fn exchange(machine: &mut TcpStream) -> Result<String, Error> {
    ask(machine, "login\n").await?;
    ask(machine, "boiler temperature?\n").await
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

/// Ends our half of the connection, then reads until the machine has ended its half.
async fn close_and_wait(machine: &mut TcpStream) {
    let _ = machine.shutdown().await;
    let mut rest = Vec::new();
    let _ = timeout(Duration::from_secs(1), machine.read_to_end(&mut rest)).await;
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(service_fn(handler)).await
}
