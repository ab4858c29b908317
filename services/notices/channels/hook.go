package channels

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"shangda/internal/outward"
)

// hookTimeout is how long a receiver may take.
const hookTimeout = 10 * time.Second

// answerRead is how much of an answer is read.
const answerRead = 4 << 10

// channelsOf makes the four channels.
func channelsOf(o Options) map[string]Channel {
	client := hookClient(outward.Dialer{Inside: o.Inside})
	return map[string]Channel{Email: mailer{shared: o.Mail, inside: o.MailInside}, Webhook: webhook{client}, WeCom: wecom{client}, DingTalk: dingtalk{client}}
}

// hookClient reaches the public network only, takes no detours, and keeps no connection.
func hookClient(dialer outward.Dialer) *http.Client {
	return &http.Client{
		Timeout:       hookTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{DisableKeepAlives: true, TLSHandshakeTimeout: 5 * time.Second, ResponseHeaderTimeout: hookTimeout,
			DialContext: func(ctx context.Context, _, address string) (net.Conn, error) {
				host, port, err := net.SplitHostPort(address)
				if err != nil {
					return nil, err
				}
				at, err := strconv.Atoi(port)
				if err != nil {
					return nil, err
				}
				return dialer.Dial(ctx, host, at)
			}},
	}
}

// call posts JSON and gives the answer where it is a success.
func call(ctx context.Context, client *http.Client, address string, headers map[string]string, body []byte) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return nil, &fault{"地址不对", true}
	}
	request.Header.Set("Content-Type", "application/json; charset=utf-8")
	request.Header.Set("User-Agent", "Shangda")
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	response, err := client.Do(request)
	if errors.Is(err, outward.ErrInside) {
		return nil, &fault{"地址在内网，运营方没有允许", true}
	}
	if err != nil {
		return nil, &fault{"对方服务器没有应答或连接中断", false}
	}
	defer func() { _ = response.Body.Close() }()
	answer, _ := io.ReadAll(io.LimitReader(response.Body, answerRead))
	if response.StatusCode < 200 || response.StatusCode > 299 {
		return nil, &fault{"对方服务器回答 " + strconv.Itoa(response.StatusCode), response.StatusCode == http.StatusGone}
	}
	return answer, nil
}

// webhook calls an address of the tenant, signed after the Standard Webhooks convention.
type webhook struct{ client *http.Client }

// Send calls it. Headers: webhook-id is the message's, the same at each try; webhook-timestamp is the moment of this try in
// seconds; webhook-signature is "v1," and the base64 of HMAC-SHA256 over id, timestamp and body, with dots between, under the
// key that whsec_ holds in base64.
func (c webhook) Send(ctx context.Context, to Target, m Message) error {
	body, err := json.Marshal(map[string]any{"type": "notice.created", "timestamp": m.At.UTC().Format(time.RFC3339),
		"data": map[string]any{"tenant": to.Tenant.Code, "unit": m.Unit, "to": m.To, "notices": m.Items}})
	if err != nil {
		return err
	}
	stamp := strconv.FormatInt(time.Now().Unix(), 10)
	_, err = call(ctx, c.client, to.Config.URL, map[string]string{"webhook-id": m.ID.String(), "webhook-timestamp": stamp, "webhook-signature": sign(to.Secret, m.ID.String(), stamp, body)}, body)
	return err
}

func sign(secret, id, stamp string, body []byte) string {
	mac := hmac.New(sha256.New, signingKey(secret))
	mac.Write([]byte(id + "." + stamp + "."))
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// answered is nil where a robot took the message; robots refuse with 200 and a code of their own.
func answered(answer []byte, err error) error {
	if err != nil {
		return err
	}
	var said struct {
		Code *int `json:"errcode"`
	}
	if json.Unmarshal(answer, &said) != nil || said.Code == nil {
		return &fault{"机器人的回答读不懂", false}
	}
	if *said.Code != 0 {
		return &fault{"机器人拒收（" + strconv.Itoa(*said.Code) + "）", false}
	}
	return nil
}

// robotText is what both robots understand.
func robotText(m Message) []byte {
	body, _ := json.Marshal(map[string]any{"msgtype": "text", "text": map[string]string{"content": m.Text()}})
	return body
}

// wecom speaks in a group of 企业微信; the secret is the robot's whole address.
type wecom struct{ client *http.Client }

// Send says it in the group.
func (c wecom) Send(ctx context.Context, to Target, m Message) error {
	return answered(call(ctx, c.client, to.Secret, nil, robotText(m)))
}

// dingtalk speaks in a group of 钉钉; the secret is the robot's address, a blank, and the key its calls are signed with.
type dingtalk struct{ client *http.Client }

// Send says it in the group.
func (c dingtalk) Send(ctx context.Context, to Target, m Message) error {
	address, key, _ := strings.Cut(to.Secret, " ")
	key = strings.TrimSpace(key)
	u, err := url.Parse(address)
	if err != nil {
		return &fault{"机器人地址不对", true}
	}
	stamp := strconv.FormatInt(time.Now().UnixMilli(), 10)
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(stamp + "\n" + key))
	query := u.Query()
	query.Set("timestamp", stamp)
	query.Set("sign", base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	u.RawQuery = query.Encode()
	return answered(call(ctx, c.client, u.String(), nil, robotText(m)))
}
