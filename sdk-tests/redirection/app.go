// Go's own HTTPS client, which is the SDK's too: no line about an emulator.
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
)

func main() {
	sid := os.Getenv("TWILIO_ACCOUNT_SID")
	form := url.Values{"To": {"+14155550199"}, "From": {"+14155550100"}, "Body": {"from go"}}
	request, err := http.NewRequest("POST", "https://api.twilio.com/2010-04-01/Accounts/"+sid+"/Messages.json", strings.NewReader(form.Encode()))
	if err != nil {
		panic(err)
	}
	request.SetBasicAuth(sid, os.Getenv("TWILIO_AUTH_TOKEN"))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		panic(err)
	}
	defer answer.Body.Close()
	var message struct {
		Sid string `json:"sid"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&message); err != nil || answer.StatusCode != 201 {
		panic(fmt.Sprint("answered ", answer.StatusCode, err))
	}
	fmt.Printf("{\"message\":\"%s\"}\n", message.Sid)
}
