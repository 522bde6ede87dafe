<?php
// Sends a form's file to S3 with PHP's curl, signed as AWS requires: over http with the file's hash,
// over https without. PHP has written the file to disk before this starts.
$file = $_FILES['file_data'];
$endpoint = getenv('AWS_ENDPOINT_URL_S3');
$signed = str_starts_with($endpoint, 'https:') ? 'UNSIGNED-PAYLOAD' : hash_file('sha256', $file['tmp_name']);

$put = curl_init("$endpoint/bench/" . rawurlencode($file['name']));
curl_setopt_array($put, [
    CURLOPT_UPLOAD => true,
    CURLOPT_INFILE => fopen($file['tmp_name'], 'rb'),
    CURLOPT_INFILESIZE => $file['size'],
    CURLOPT_AWS_SIGV4 => 'aws:amz:' . getenv('AWS_REGION') . ':s3',
    CURLOPT_USERPWD => getenv('AWS_ACCESS_KEY_ID') . ':' . getenv('AWS_SECRET_ACCESS_KEY'),
    CURLOPT_HTTPHEADER => ["x-amz-content-sha256: $signed"],
    CURLOPT_CAINFO => getenv('AWS_CA_BUNDLE'),
    CURLOPT_RETURNTRANSFER => true,
]);
curl_exec($put);
http_response_code(curl_getinfo($put, CURLINFO_RESPONSE_CODE) === 200 ? 201 : 502);
echo curl_error($put);
