# Sends one form with one of Ruby's HTTP clients. Usage and exit status: see python.py.
require 'stringio'
require 'uri'

Entry = Struct.new(:kind, :name, :filename, :type, :path) do
  def content = File.binread(path)
  def text = content.force_encoding('UTF-8')
end

# A File whose name is not that on the disk, for clients that take files only.
class NamedFile < File
  attr_accessor :original_filename, :content_type
end

def cannot(why)
  warn why
  exit 3
end

def named(entry)
  file = NamedFile.new(entry.path, 'rb')
  file.original_filename = entry.filename
  file.content_type = entry.type unless entry.type.empty?
  file
end

# A hash, with an array for a name that is repeated.
def grouped(entries)
  entries.each_with_object({}) do |entry, form|
    cannot('a field cannot have a type') if entry.kind == 'typed'
    value = entry.kind == 'field' ? entry.text : yield(entry)
    name = entry.name.delete_suffix('[]')
    # The clients append [] to the name of an array themselves.
    form[name] = name == entry.name ? value : [*form[name], value]
  end
end

def net_http(url, entries)
  require 'net/http'
  form = entries.map do |entry|
    next [entry.name, entry.text] if entry.kind == 'field'

    options = {}
    options[:filename] = entry.filename if entry.kind == 'file'
    options[:content_type] = entry.type unless entry.type.empty?
    cannot('a field cannot have a type') if entry.kind == 'typed'
    [entry.name, StringIO.new(entry.content), options]
  end
  request = Net::HTTP::Post.new(URI(url))
  request.set_form(form, 'multipart/form-data')
  Net::HTTP.start(URI(url).host, URI(url).port) { |http| http.request(request) }
end

def faraday(url, entries)
  require 'faraday'
  form = grouped(entries) do |entry|
    type = entry.type.empty? ? 'application/octet-stream' : entry.type
    Faraday::FilePart.new(StringIO.new(entry.content), type, entry.filename)
  end
  connection = Faraday.new do |builder|
    builder.request :multipart
    builder.adapter :net_http
  end
  connection.post(url, form)
end

def rest_client(url, entries)
  require 'rest-client'
  form = grouped(entries) { |entry| named(entry) }
  RestClient.post(url, form.merge(multipart: true))
end

def httparty(url, entries)
  require 'httparty'
  form = grouped(entries) { |entry| named(entry) }
  HTTParty.post(url, body: form, multipart: true)
end

client, url, *rest = ARGV
send(client.tr('-', '_'), url, rest.each_slice(5).map { |group| Entry.new(*group) })
