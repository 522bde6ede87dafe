# Sends one form with one of Perl's HTTP clients. Usage and exit status: see python.py.
use strict;
use warnings;

my ($client, $url, @rest) = @ARGV;

sub content {
    open my $file, '<:raw', $_[0] or die "$_[0]: $!";
    local $/;
    return scalar(<$file>) // '';
}

if ($client eq 'lwp') {
    require LWP::UserAgent;
    require HTTP::Request::Common;
    my @form;
    while (my ($kind, $name, $filename, $type, $path) = splice @rest, 0, 5) {
        my @type = $type ne '' ? ('Content-Type' => $type) : ();
        if ($kind eq 'field') {
            push @form, $name => content($path);
        } elsif ($kind eq 'typed') {
            push @form, $name => [undef, undef, @type, Content => content($path)];
        } else {
            push @form, $name => [undef, $filename, @type, Content => content($path)];
        }
    }
    my $request =
      HTTP::Request::Common::POST($url, Content_Type => 'form-data', Content => \@form);
    LWP::UserAgent->new->request($request);
} else {
    require Mojo::UserAgent;
    require Encode;
    my %form;
    while (my ($kind, $name, $filename, $type, $path) = splice @rest, 0, 5) {
        $_ = Encode::decode('UTF-8', $_) for $name, $filename;
        my $value = { content => content($path) };
        $value->{filename} = $filename if $kind eq 'file';
        $value->{'Content-Type'} = $type if $type ne '';
        $value = Encode::decode('UTF-8', content($path)) if $kind eq 'field';
        push @{ $form{$name} }, $value;
    }
    # Without this, a form that has no file would be urlencoded.
    Mojo::UserAgent->new->post($url => { 'Content-Type' => 'multipart/form-data' },
        form => \%form);
}
