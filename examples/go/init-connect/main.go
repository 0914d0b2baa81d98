// The failure of the main README: one connection for all invocations, opened before the first invocation to save time. Ordinary
// tests pass. Then Lambda initialises a second environment, which takes the machine's only connection and is never invoked.
package main

import (
	"bytes"
	"errors"
	"net"
	"os"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
)

var machine net.Conn

func init() {
	machine, _ = connect() // if it fails, the first invocation tries again
}

func connect() (net.Conn, error) {
	address := net.JoinHostPort(os.Getenv("PEER_HOST"), os.Getenv("PEER_PORT"))
	machine, err := net.DialTimeout("tcp", address, 2*time.Second)
	if err != nil {
		return nil, err
	}
	if _, err = ask(machine, "login\n"); err != nil {
		machine.Close()
		return nil, err
	}
	return machine, nil
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

func handler() (answer string, err error) {
	if machine == nil {
		if machine, err = connect(); err != nil {
			return "", err
		}
	}
	return ask(machine, "boiler temperature?\n")
}

func main() {
	lambda.Start(handler)
}
