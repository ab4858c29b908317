package signing

import (
	"context"
	"encoding/base64"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/tenancy"
)

type keyOut struct {
	ID        uuid.UUID  `json:"id"`
	Algorithm string     `json:"algorithm"`
	Public    string     `json:"public" doc:"公钥，Base64"`
	CreatedAt time.Time  `json:"created_at"`
	RetiredAt *time.Time `json:"retired_at,omitempty" doc:"停用的时间；停用的密钥仍用来验证它签过的来文"`
}

type keysOut struct {
	Body struct {
		Items []keyOut `json:"items"`
	}
}

// Routes registers the routes of the signing keys.
func (s *Service) Routes(api *authz.API) {
	read := func(ctx context.Context) (*keysOut, error) {
		keys, err := s.Keys(ctx)
		if err != nil {
			return nil, err
		}
		out := &keysOut{}
		out.Body.Items = make([]keyOut, 0, len(keys))
		for _, k := range keys {
			out.Body.Items = append(out.Body.Items, keyOut{k.ID, k.Algorithm, base64.StdEncoding.EncodeToString(k.Public), k.CreatedAt, k.RetiredAt})
		}
		return out, nil
	}
	authz.Register(api, authz.SettingRead, huma.Operation{
		OperationID: "list-signing-keys", Method: http.MethodGet, Path: "/signing-keys", Summary: "本单位的签名密钥（公钥）", Tags: []string{"设置"},
	}, func(ctx context.Context, _ *struct{}) (*keysOut, error) { return read(ctx) })
	authz.Register(api, authz.SettingWrite, huma.Operation{
		OperationID: "rotate-signing-key", Method: http.MethodPost, Path: "/signing-keys", Summary: "更换签名密钥", Tags: []string{"设置"}, DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, _ *struct{}) (*keysOut, error) {
		if _, err := tenancy.Changed(uuid.Nil, s.Rotate(ctx)); err != nil {
			return nil, err
		}
		return read(ctx)
	})
}
