// The function of the conformance suite in Go. The event says what the handler does, and the variable INIT what the Init does.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
)

type event struct {
	Do   string `json:"do"`
	Text string `json:"text"`
}

type ownError struct{ text string }

func (e *ownError) Error() string { return e.text }

func init() {
	switch os.Getenv("INIT") {
	case "panic":
		panic("at init")
	case "exit":
		os.Exit(3)
	}
}

func handler(ctx context.Context, given event) (any, error) {
	switch given.Do {
	case "context":
		known, _ := lambdacontext.FromContext(ctx)
		_, limited := ctx.Deadline()
		return map[string]any{"id": known.AwsRequestID, "arn": known.InvokedFunctionArn, "limited": limited,
			"name": lambdacontext.FunctionName, "memory": lambdacontext.MemoryLimitInMB}, nil
	case "nothing":
		return nil, nil
	case "fail":
		return nil, errors.New("bad\nnews")
	case "own":
		return nil, &ownError{"own"}
	case "cause":
		return nil, fmt.Errorf("outer: %w", &ownError{"inner"})
	case "unmarshalled":
		return func() {}, nil
	case "log":
		log.Print("one\ntwo")
		fmt.Println("three")
	case "panic":
		panic("no way")
	case "exit":
		os.Exit(7)
	}
	return given, nil
}

func main() {
	log.SetFlags(0)
	lambda.Start(handler)
}
