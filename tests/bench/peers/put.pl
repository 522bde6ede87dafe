#!/usr/bin/perl
# Sends a form's file to S3 with CGI.pm and Amazon::S3, as their manuals show. CGI.pm has written the
# file to disk before upload() is called.
use strict;
use warnings;

use Amazon::S3;
use CGI;

my $form = CGI->new;
my $file = $form->upload('file_data');
my ($scheme, $host) = $ENV{AWS_ENDPOINT_URL_S3} =~ m{^(https?)://(.*)$};

my $s3 = Amazon::S3->new({
    aws_access_key_id     => $ENV{AWS_ACCESS_KEY_ID},
    aws_secret_access_key => $ENV{AWS_SECRET_ACCESS_KEY},
    region                => $ENV{AWS_REGION},
    host                  => $host,
    secure                => $scheme eq 'https',
    dns_bucket_names      => 0,
});
my $stored = $s3->bucket('bench')->add_key_filename("$file", $form->tmpFileName($file));

print $form->header(-status => $stored ? '201 Created' : '502 Bad Gateway', -type => 'text/plain');
print $stored ? '201' : $s3->errstr;
