<?php
// Sends one form with one of PHP's HTTP clients. Usage and exit status: see python.py.

[$client, $url] = array_slice($argv, 1, 2);
$entries = array_chunk(array_slice($argv, 3), 5);

function with_curl(string $url, array $entries): void {
    $form = [];
    foreach ($entries as [$kind, $name, $filename, $type, $path]) {
        if ($kind === 'typed' || isset($form[$name])) {
            fwrite(STDERR, $kind === 'typed' ? 'a field cannot have a type' : 'a name cannot be repeated');
            exit(3);
        }
        $form[$name] = $kind === 'field' ? file_get_contents($path)
            : new CURLFile($path, $type === '' ? null : $type, $filename);
    }
    $curl = curl_init($url);
    curl_setopt_array($curl, [CURLOPT_POST => true, CURLOPT_POSTFIELDS => $form, CURLOPT_RETURNTRANSFER => true]);
    curl_exec($curl);
}

function with_guzzle(string $url, array $entries): void {
    require '/usr/share/php/GuzzleHttp/autoload.php';
    $multipart = [];
    foreach ($entries as [$kind, $name, $filename, $type, $path]) {
        $part = ['name' => $name, 'contents' => file_get_contents($path)];
        if ($kind === 'file') $part['filename'] = $filename;
        if ($type !== '') $part['headers'] = ['Content-Type' => $type];
        $multipart[] = $part;
    }
    (new GuzzleHttp\Client())->post($url, ['multipart' => $multipart]);
}

$client === 'php-curl' ? with_curl($url, $entries) : with_guzzle($url, $entries);
