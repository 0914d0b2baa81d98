// The fix: each invocation has its own connection. The handler opens the connection. Before the handler returns, it waits until the
// machine has closed the connection too, so that the next environment finds the machine free.
package main

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
)

func handler() (string, error) {
	address := net.JoinHostPort(os.Getenv("PEER_HOST"), os.Getenv("PEER_PORT"))
	machine, err := net.DialTimeout("tcp", address, 2*time.Second)
	if err != nil {
		return "", err
	}
	defer closeAndWait(machine)
	if _, err = ask(machine, "login\n"); err != nil {
		return "", err
	}
	return ask(machine, "boiler temperature?\n")
}

func ask(machine net.Conn, question string) (string, error) {
	machine.SetDeadline(time.Now().Add(2 * time.Second))
	if _, err := machine.Write([]byte(question)); err != nil {
		return "", err
	}
	answer := make([]byte, 256)
	length, err := machine.Read(answer)
	if err == nil && bytes.Contains(answer, []byte("busy")) {
		err = errors.New("the machine serves somebody else")
	}
	return string(answer[:length]), err
}

// closeAndWait ends our half of the connection, then reads until the machine has ended its half.
func closeAndWait(machine net.Conn) {
	machine.(*net.TCPConn).CloseWrite()
	machine.SetReadDeadline(time.Now().Add(time.Second))
	io.Copy(io.Discard, machine)
	machine.Close()
}

func main() {
	lambda.Start(handler)
}
