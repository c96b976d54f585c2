using System.Net;
using System.Net.Sockets;
using TwilioEmu.Webhooks.Wires;

namespace TwilioEmu.Webhooks.Tests.Wires;

/// <summary>Slips in an app's URL: the code is the live service's, and the words say what mends it.</summary>
public sealed class CureTests : IAsyncDisposable
{
    private readonly PostOffice _post = PostOffice.Real();

    public ValueTask DisposeAsync() => _post.DisposeAsync();

    [Fact]
    public async Task An_app_that_is_not_up_is_told_with_its_host_and_port()
    {
        int port;
        await using (var gone = new RawServer("")) port = gone.Port;
        var (code, words) = await TellAsync($"http://127.0.0.1:{port}/sms#rc=0");
        code.Should().Be(11202);
        words.Should().StartWith($"TCP connection refused: nothing listens at 127.0.0.1:{port}; start the app, or name its port");
    }

    [Fact]
    public async Task An_app_that_listens_at_the_other_loopback_address_alone_is_told_so()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this machine has no IPv6");
        using var app = new TcpListener(IPAddress.IPv6Loopback, 0);
        app.Server.DualMode = false;
        app.Start();
        var port = ((IPEndPoint)app.LocalEndpoint).Port;
        var (code, words) = await TellAsync($"http://127.0.0.1:{port}/sms#rc=0");
        code.Should().Be(11202);
        words.Should().Be(
            $"TCP connection refused: nothing listens at 127.0.0.1:{port}, and something does at [::1]:{port}: "
                + "write localhost in the URL, which is both, or let the app listen at that address");
    }

    [Theory]
    [InlineData("https://localhost/status", "nothing listens at localhost:443, the port of https where a URL names none;")]
    [InlineData("http://localhost/status", "nothing listens at localhost:80, the port of http where a URL names none;")]
    [InlineData("http://[::1]:5000/status", "nothing listens at [::1]:5000;")]
    public void A_url_without_a_port_is_told_which_port_that_means(string url, string told) =>
        WireFaults.NotConnected(new Uri(url), new SocketException((int)SocketError.ConnectionRefused)).Message.Should().Contain(told);

    [Theory]
    [InlineData("http://localhost:5000/status", true)]
    [InlineData("http://127.0.0.1:5000/status", true)]
    [InlineData("http://shop:5000/status", false)]
    public void In_a_container_localhost_is_told_to_be_the_container(string url, bool isTold) =>
        WireFaults.NotConnected(new Uri(url), new SocketException((int)SocketError.ConnectionRefused), isInContainer: true)
            .Message.Contains("localhost is the container itself: name the app's service", StringComparison.Ordinal).Should().Be(isTold);

    [Fact]
    public async Task A_name_nobody_resolves_is_told_how_a_public_name_is_mapped() =>
        (await TellAsync("https://shop.invalid/sms#rc=0")).Words
            .Should().Contain("public_names (--public-names https://shop.invalid=http://127.0.0.1:PORT)");

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 400 Bad Request\r\nContent-Length: 48\r\n\r\nClient sent an HTTP request to an HTTPS server.\n")]
    public async Task An_http_url_of_an_app_that_speaks_tls_is_told_so(string answer)
    {
        await using var app = new RawServer(answer);
        (await TellAsync($"{app.Origin}/sms#rc=0")).Words.Should().EndWith("its URL begins with https://");
    }

    [Fact]
    public async Task The_emulator_itself_in_place_of_the_app_is_told_so()
    {
        await using var emulator = new RawServer("HTTP/1.1 404 Not Found\r\nTwilio-Request-Id: RQ1\r\nContent-Length: 0\r\n\r\n");
        (await TellAsync($"{emulator.Origin}/sms")).Should().Be(
            (11200, $"HTTP retrieval failure: the app answered 404; 127.0.0.1:{emulator.Port} is the emulator itself: "
                + "name the port your app listens at"));
    }

    [Fact]
    public async Task AirPlay_in_place_of_the_app_is_told_so()
    {
        await using var mac = new RawServer("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nServer: AirTunes/775.3.1\r\n\r\n");
        (await TellAsync($"{mac.Origin}/sms")).Words
            .Should().Be(
                $"HTTP retrieval failure: the app answered 403; 127.0.0.1:{mac.Port} is AirPlay of macOS, not your app: "
                    + "let the app listen at another port, or switch AirPlay Receiver off");
    }

    [Fact]
    public async Task An_app_that_redirects_to_add_a_slash_is_told_the_url_it_leads_to()
    {
        await using var target = new RawServer("HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n");
        await using var app = new RawServer(
            $"HTTP/1.1 301 Moved Permanently\r\nLocation: {target.Origin}/sms/\r\nContent-Length: 0\r\n\r\n");
        (await TellAsync($"{app.Origin}/sms")).Words
            .Should().EndWith(
                $"the app redirected there, and a redirect is followed by GET: configure the URL it leads to, {target.Origin}/sms/");
    }

    [Fact]
    public async Task An_app_that_takes_another_method_is_told_so()
    {
        await using var app = new RawServer("HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n");
        (await TellAsync($"{app.Origin}/sms")).Words.Should().Contain("it takes no POST there");
    }

    [Fact]
    public async Task A_redirect_that_is_not_followed_is_told_where_it_leads()
    {
        await using var app = new RawServer("HTTP/1.1 308 Permanent Redirect\r\nLocation: /sms/\r\nContent-Length: 0\r\n\r\n");
        (await TellAsync($"{app.Origin}/sms")).Should().Be(
            (11216, $"Invalid redirect: HTTP status 308 is not followed; configure {app.Origin}/sms/ itself"));
    }

    [Fact]
    public async Task An_answer_in_an_encoding_nobody_offered_is_told_so()
    {
        await using var app = new RawServer(
            "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Encoding: br\r\nContent-Length: 3\r\n\r\nabc");
        (await TellAsync($"{app.Origin}/sms")).Should().Be(
            (12100, "Document parse failure: the answer is encoded as br, and only gzip and deflate were offered"));
    }

    private async Task<(int Code, string Words)> TellAsync(string url) =>
        await _post.SendAsync(url) is { } answer ? (answer.ErrorCode, answer.ErrorMessage ?? "") : default;
}
