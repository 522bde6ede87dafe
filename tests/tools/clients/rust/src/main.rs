// Sends one form with reqwest. Usage and exit status: see ../../python.py.
use reqwest::blocking::multipart::{Form, Part};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let mut form = Form::new();
    // These two kinds leave the quoting of names to reqwest's other ways.
    if arguments[1] == "reqwest-attr-chars" {
        form = form.percent_encode_attr_chars();
    } else if arguments[1] == "reqwest-noop" {
        form = form.percent_encode_noop();
    }
    for entry in arguments[3..].chunks(5) {
        let [kind, name, filename, content_type, path] = entry else {
            return Err("not five arguments".into());
        };
        let content = std::fs::read(path)?;
        let mut part = if kind == "field" {
            Part::text(String::from_utf8(content)?)
        } else {
            Part::bytes(content)
        };
        if kind == "file" {
            part = part.file_name(filename.clone());
        }
        if !content_type.is_empty() {
            part = part.mime_str(content_type)?;
        }
        form = form.part(name.clone(), part);
    }
    reqwest::blocking::Client::new().post(&arguments[2]).multipart(form).send()?;
    Ok(())
}
