// A shop that is texted and called, in Go's own HTTP server and client: no line about an emulator.
package main

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"os"
	"sort"
	"strings"
	"sync"
)

var (
	sid, token = os.Getenv("TWILIO_ACCOUNT_SID"), os.Getenv("TWILIO_AUTH_TOKEN")
	account    = "/2010-04-01/Accounts/" + sid
	here       string

	lock       sync.Mutex
	statuses   = map[string][]string{}
	recordings = map[string]string{}
	service    string
)

type answer map[string]any

// Refused is Twilio's own error.
type Refused struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

func (r Refused) Error() string { return fmt.Sprint(r.Code, ": ", r.Message) }

// A call of Twilio's API: a form is posted, without one it is got. Files come as they are, without into.
func twilio(host, path string, form url.Values, into any) (string, error) {
	method, body := "GET", io.Reader(nil)
	if form != nil {
		method, body = "POST", strings.NewReader(form.Encode())
	}
	if !strings.HasPrefix(path, "http") {
		path = "https://" + host + path
	}
	request, err := http.NewRequest(method, path, body)
	if err != nil {
		return "", err
	}
	request.SetBasicAuth(sid, token)
	if form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return "", err
	}
	if response.StatusCode >= 400 {
		refused := Refused{}
		if err := json.Unmarshal(text, &refused); err != nil {
			return "", fmt.Errorf("answered %d: %s", response.StatusCode, text)
		}
		return "", refused
	}
	if into != nil {
		err = json.Unmarshal(text, into)
	}
	return string(text), err
}

// twilio.com/docs/usage/security#validating-requests
func isSigned(r *http.Request) bool {
	words := here + r.RequestURI
	names := make([]string, 0, len(r.PostForm))
	for name := range r.PostForm {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		words += name + r.PostForm.Get(name)
	}
	mac := hmac.New(sha1.New, []byte(token))
	mac.Write([]byte(words))
	given, _ := base64.StdEncoding.DecodeString(r.Header.Get("X-Twilio-Signature"))
	return hmac.Equal(mac.Sum(nil), given)
}

func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text))
	return b.String()
}

func notify(q url.Values) (answer, error) {
	var message struct{ Sid, Status string }
	_, err := twilio("api.twilio.com", account+"/Messages.json", url.Values{
		"To": {q.Get("to")}, "From": {os.Getenv("TWILIO_NUMBER")}, "Body": {q.Get("body")}, "StatusCallback": {here + "/status"},
	}, &message)
	var refused Refused
	switch {
	case errors.As(err, &refused) && refused.Code == 21211:
		return answer{"error": q.Get("to") + " is no phone number"}, nil
	case errors.As(err, &refused) && refused.Code == 21610:
		return answer{"error": q.Get("to") + " wants no texts"}, nil
	}
	return answer{"sid": message.Sid, "status": message.Status}, err
}

func verify(path string, form url.Values) (answer, error) {
	var made struct{ Sid, Status string }
	if service == "" {
		if _, err := twilio("verify.twilio.com", "/v2/Services", url.Values{"FriendlyName": {"Shop"}}, &made); err != nil {
			return nil, err
		}
		service = made.Sid
	}
	_, err := twilio("verify.twilio.com", "/v2/Services/"+service+"/"+path, form, &made)
	return answer{"status": made.Status}, err
}

func history() (answer, error) {
	bodies := []string{}
	for page := account + "/Messages.json?PageSize=2"; page != ""; {
		var found struct {
			Messages []struct{ Body string }
			Next     *string `json:"next_page_uri"`
		}
		if _, err := twilio("api.twilio.com", page, nil, &found); err != nil {
			return nil, err
		}
		for _, message := range found.Messages {
			bodies = append(bodies, message.Body)
		}
		page = ""
		if found.Next != nil {
			page = *found.Next
		}
	}
	return answer{"bodies": bodies}, nil
}

func voicemail(call string) (answer, error) {
	recording, ok := recordings[call]
	if !ok {
		return answer{}, nil
	}
	file, err := twilio("", recording+".wav", nil, nil)
	if err != nil {
		return nil, err
	}
	return answer{"wav": file[:4]}, nil
}

// TwiML; nothing is 204.
var webhooks = map[string]func(q url.Values) string{
	"/sms": func(q url.Values) string { return "<Message>You wrote: " + escaped(q.Get("Body")) + "</Message>" },
	"/voice": func(url.Values) string {
		return `<Gather numDigits="1" action="/menu"><Say>Press 1 to leave a message.</Say></Gather><Say>Goodbye.</Say>`
	},
	"/menu": func(q url.Values) string {
		if q.Get("Digits") != "1" {
			return `<Say>There is no such choice.</Say><Redirect>/voice</Redirect>`
		}
		return `<Say>Speak after the tone.</Say><Record action="/recorded" maxLength="30" finishOnKey="#" recordingStatusCallback="/recording"/>`
	},
	"/recorded": func(q url.Values) string {
		return "<Say>Thank you for " + q.Get("RecordingDuration") + " seconds.</Say><Hangup/>"
	},
	"/recording": func(q url.Values) string { recordings[q.Get("CallSid")] = q.Get("RecordingUrl"); return "" },
	"/status": func(q url.Values) string {
		statuses[q.Get("MessageSid")] = append(statuses[q.Get("MessageSid")], q.Get("MessageStatus"))
		return ""
	},
}

var staff = map[string]func(q url.Values) (answer, error){
	"/notify": notify,
	"/statuses": func(q url.Values) (answer, error) {
		return answer{"statuses": append([]string{}, statuses[q.Get("sid")]...)}, nil
	},
	"/login": func(q url.Values) (answer, error) {
		return verify("Verifications", url.Values{"To": q["to"], "Channel": {"sms"}})
	},
	"/check": func(q url.Values) (answer, error) {
		return verify("VerificationCheck", url.Values{"To": q["to"], "Code": q["code"]})
	},
	"/voicemail": func(q url.Values) (answer, error) { return voicemail(q.Get("call")) },
	"/history":   func(url.Values) (answer, error) { return history() },
}

func handle(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	if webhook, ok := webhooks[r.URL.Path]; ok {
		if !isSigned(r) {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		lock.Lock()
		words := webhook(r.PostForm)
		lock.Unlock()
		if words == "" {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		w.Header().Set("Content-Type", "text/xml")
		fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8"?><Response>%s</Response>`, words)
	} else if act, ok := staff[r.URL.Path]; ok {
		said, err := act(r.PostForm)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(said)
	} else {
		http.NotFound(w, r)
	}
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	here = "http://" + listener.Addr().String()
	fmt.Println("listening on " + here)
	log.Fatal(http.Serve(listener, http.HandlerFunc(handle)))
}
