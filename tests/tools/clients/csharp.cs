// Sends one form with .NET's HttpClient. Usage and exit status: see python.py.
using System;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;

static class Program
{
    static void Main(string[] arguments)
    {
        var form = new MultipartFormDataContent();
        for (int i = 2; i < arguments.Length; i += 5)
        {
            string kind = arguments[i], name = arguments[i + 1], filename = arguments[i + 2], type = arguments[i + 3];
            HttpContent content;
            if (kind == "field")
                content = new StringContent(File.ReadAllText(arguments[i + 4]));
            else
                content = new ByteArrayContent(File.ReadAllBytes(arguments[i + 4]));
            if (type != "") content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            if (kind == "file") form.Add(content, name, filename);
            else form.Add(content, name);
        }
        new HttpClient().PostAsync(arguments[1], form).Wait();
    }
}
