// Sends one form with one of Java's HTTP clients. Usage and exit status: see python.py.

import java.io.DataOutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.mime.HttpMultipartMode;
import org.apache.http.entity.mime.MultipartEntityBuilder;
import org.apache.http.impl.client.HttpClients;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.client.RestTemplate;

class Java {
    record Entry(String kind, String name, String filename, String type, byte[] content) {
        String text() { return new String(content, StandardCharsets.UTF_8); }
        boolean isField() { return kind.equals("field"); }
        boolean isFile() { return kind.equals("file"); }
        String typeOr(String other) { return type.isEmpty() ? other : type; }
    }

    static void cannot(String why) {
        System.err.print(why);
        System.exit(3);
    }

    static void okhttp(String url, List<Entry> form) throws Exception {
        var builder = new MultipartBody.Builder().setType(MultipartBody.FORM);
        for (Entry each : form) {
            MediaType type = each.type.isEmpty() ? null : MediaType.parse(each.type);
            if (each.isField()) builder.addFormDataPart(each.name, each.text());
            else builder.addFormDataPart(each.name, each.isFile() ? each.filename : null,
                                         RequestBody.create(type, each.content));
        }
        var request = new Request.Builder().url(url).post(builder.build()).build();
        new OkHttpClient().newCall(request).execute().close();
    }

    static void httpmime(String url, List<Entry> form, HttpMultipartMode mode) throws Exception {
        var builder = MultipartEntityBuilder.create().setMode(mode);
        if (mode != HttpMultipartMode.STRICT) builder.setCharset(StandardCharsets.UTF_8);
        var text = ContentType.create("text/plain", StandardCharsets.UTF_8);
        for (Entry each : form) {
            var type = ContentType.parse(each.typeOr("application/octet-stream"));
            if (each.isField()) builder.addTextBody(each.name, each.text(), text);
            else builder.addBinaryBody(each.name, each.content, type,
                                       each.isFile() ? each.filename : null);
        }
        var post = new HttpPost(url);
        post.setEntity(builder.build());
        try (var client = HttpClients.createDefault()) {
            client.execute(post).close();
        }
    }

    static void spring(String url, List<Entry> form, boolean encodedWords) {
        var parts = new LinkedMultiValueMap<String, Object>();
        for (Entry each : form) {
            if (each.isField()) {
                parts.add(each.name, each.text());
                continue;
            }
            var headers = new HttpHeaders();
            if (!each.type.isEmpty())
                headers.setContentType(org.springframework.http.MediaType.parseMediaType(each.type));
            parts.add(each.name, new HttpEntity<>(new ByteArrayResource(each.content) {
                @Override public String getFilename() { return each.isFile() ? each.filename : null; }
            }, headers));
        }
        var template = new RestTemplate();
        for (var converter : template.getMessageConverters())
            if (encodedWords && converter instanceof FormHttpMessageConverter multipart)
                multipart.setMultipartCharset(StandardCharsets.UTF_8);
        template.postForObject(url, parts, String.class);
    }

    // The recipe that is in many answers and tutorials for Android.
    static void recipe(String url, List<Entry> form) throws Exception {
        String lineEnd = "\r\n";
        String twoHyphens = "--";
        String boundary = "*****";
        var connection = (HttpURLConnection) new URL(url).openConnection();
        connection.setDoOutput(true);
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", "multipart/form-data;boundary=" + boundary);
        try (var out = new DataOutputStream(connection.getOutputStream())) {
            for (Entry each : form) {
                String head = twoHyphens + boundary + lineEnd
                    + "Content-Disposition: form-data; name=\"" + each.name + "\"";
                if (each.isFile()) head += ";filename=\"" + each.filename + "\"";
                head += lineEnd;
                if (!each.type.isEmpty()) head += "Content-Type: " + each.type + lineEnd;
                out.write((head + lineEnd).getBytes(StandardCharsets.UTF_8));
                out.write(each.content);
                out.writeBytes(lineEnd);
            }
            out.writeBytes(twoHyphens + boundary + twoHyphens + lineEnd);
        }
        connection.getResponseCode();
    }

    public static void main(String[] arguments) throws Exception {
        String url = arguments[1];
        var form = new ArrayList<Entry>();
        for (int i = 2; i < arguments.length; i += 5)
            form.add(new Entry(arguments[i], arguments[i + 1], arguments[i + 2], arguments[i + 3],
                               Files.readAllBytes(Path.of(arguments[i + 4]))));
        switch (arguments[0]) {
            case "okhttp" -> okhttp(url, form);
            case "httpmime-strict" -> httpmime(url, form, HttpMultipartMode.STRICT);
            case "httpmime-browser" -> httpmime(url, form, HttpMultipartMode.BROWSER_COMPATIBLE);
            case "httpmime-rfc6532" -> httpmime(url, form, HttpMultipartMode.RFC6532);
            case "spring" -> spring(url, form, false);
            case "spring-encoded-words" -> spring(url, form, true);
            case "android-recipe" -> recipe(url, form);
            default -> cannot("unknown client");
        }
        System.exit(0);
    }
}
