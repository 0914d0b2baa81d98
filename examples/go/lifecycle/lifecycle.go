// Package lifecycle writes lifecycle lines for longrun. On AWS, where there are no links, only these lines show which environment connected
// when.
//
// Copy this file into your module. Importing it writes the boot line. Call Invoke first in the handler, Connect after each attempt, and
// Disconnect when that connection is closed.
package lifecycle

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"sync"
	"time"
)

type line struct {
	Longrun    int     `json:"longrun"`
	Time       string  `json:"time"`
	Event      string  `json:"event"`
	BootID     string  `json:"bootId"`
	Phase      string  `json:"phase"`
	RequestID  *string `json:"requestId"`
	Sequence   int     `json:"sequence"`
	Connection int     `json:"connection,omitempty"`
	Outcome    string  `json:"outcome,omitempty"`
	Peer       string  `json:"peer,omitempty"`
	LogStream  string  `json:"logStream,omitempty"`
}

var (
	lock        sync.Mutex
	boot        = newBoot()
	phase       = "init"
	request     *string
	sequence    int
	connections int
)

func init() {
	lock.Lock()
	defer lock.Unlock()
	write(line{Event: "boot", LogStream: os.Getenv("AWS_LAMBDA_LOG_STREAM_NAME")})
}

// Invoke writes that the handler begins. Later lines have this request id (AwsRequestID of lambdacontext.FromContext(ctx)).
func Invoke(requestID string) {
	lock.Lock()
	defer lock.Unlock()
	phase, request = "invoke", &requestID
	write(line{Event: "invoke"})
}

// Connect writes how an attempt ended: "accepted" (the machine answered), "refused", "timed-out" (TCP opened, no answer) or "failed" (TCP did
// not open). It returns the number for Disconnect.
func Connect(outcome, peer string) int {
	lock.Lock()
	defer lock.Unlock()
	connections++
	write(line{Event: "connect", Connection: connections, Outcome: outcome, Peer: peer})
	return connections
}

// Disconnect writes that a connection was closed. The outcome is "reset" or "evicted" if the machine ended it in that way, else "".
func Disconnect(connection int, outcome string) {
	lock.Lock()
	defer lock.Unlock()
	write(line{Event: "disconnect", Connection: connection, Outcome: outcome})
}

func write(one line) {
	sequence++
	one.Longrun, one.Time, one.BootID = 1, time.Now().UTC().Format("2006-01-02T15:04:05.000Z"), boot
	one.Phase, one.RequestID, one.Sequence = phase, request, sequence
	text, _ := json.Marshal(one)
	os.Stdout.Write(append(text, '\n'))
}

func newBoot() string {
	bytes := make([]byte, 16)
	rand.Read(bytes)
	return fmt.Sprintf("%x", bytes)
}
