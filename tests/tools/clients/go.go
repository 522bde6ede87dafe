// Sends one form with Go's mime/multipart. Usage and exit status: see python.py.
package main

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"os"
	"strings"
)

var escape = strings.NewReplacer("\\", "\\\\", "\"", "\\\"")

// A part with a type of its own. The package leaves its header to the caller; the first way is
// what mime/multipart does for parts without a type.
func create(form *multipart.Writer, client string, parameters map[string]string, contentType string) (io.Writer, error) {
	header := textproto.MIMEHeader{}
	if client == "go-formatmediatype" {
		header.Set("Content-Disposition", mime.FormatMediaType("form-data", parameters))
	} else {
		value := fmt.Sprintf(`form-data; name="%s"`, escape.Replace(parameters["name"]))
		if name, ok := parameters["filename"]; ok {
			value += fmt.Sprintf(`; filename="%s"`, escape.Replace(name))
		}
		header.Set("Content-Disposition", value)
	}
	if contentType != "" {
		header.Set("Content-Type", contentType)
	}
	return form.CreatePart(header)
}

func add(form *multipart.Writer, client, kind, name, filename, contentType string) (io.Writer, error) {
	if client == "go" && kind == "field" {
		return form.CreateFormField(name)
	}
	if client == "go" && contentType == "" {
		return form.CreateFormFile(name, filename)
	}
	parameters := map[string]string{"name": name}
	if kind == "file" {
		parameters["filename"] = filename
	}
	return create(form, client, parameters, contentType)
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	client, url, rest := os.Args[1], os.Args[2], os.Args[3:]
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for ; len(rest) > 0; rest = rest[5:] {
		part, err := add(form, client, rest[0], rest[1], rest[2], rest[3])
		check(err)
		content, err := os.ReadFile(rest[4])
		check(err)
		_, err = part.Write(content)
		check(err)
	}
	check(form.Close())
	response, err := http.Post(url, form.FormDataContentType(), &body)
	check(err)
	response.Body.Close()
}
