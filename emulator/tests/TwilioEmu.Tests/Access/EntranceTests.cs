using System.IO.Pipelines;
using System.Net;
using System.Text;
using TwilioEmu.Access;
using TwilioEmu.Tests.Hosting;
using TwilioEmu.Tls;

namespace TwilioEmu.Tests.Access;

/// <summary>What a page in the browser next door can send, byte for byte, and what a test's own client sends.</summary>
public sealed class EntranceTests
{
    private const string Secret = "s3cret-token";
    private const string Messages = $"/2010-04-01/Accounts/{OpenHouse.Account}/Messages.json";

    private static readonly string Basic = "Authorization: Basic " + Convert.ToBase64String(
        Encoding.ASCII.GetBytes($"{OpenHouse.Account}:{OpenHouse.Token}"));

    [Theory]
    [InlineData(
        "a form posted without being asked", "POST", "/_emu/v1/reset",
        "Origin: https://evil.example\r\nContent-Type: application/x-www-form-urlencoded", "a=b", 403)]
    [InlineData(
        "plain text that is JSON", "POST", "/_emu/v1/accounts", "Origin: https://evil.example\r\nContent-Type: text/plain", "{}", 403)]
    [InlineData("a sandboxed page", "POST", "/_emu/v1/reset", "Origin: null", "", 403)]
    [InlineData("the app's own port on this machine", "POST", "/_emu/v1/reset", "Origin: http://127.0.0.1:3000", "", 403)]
    [InlineData("two origins", "POST", "/_emu/v1/reset", "Origin: http://127.0.0.1\r\nOrigin: https://evil.example", "", 403)]
    [InlineData("an old browser without an origin", "POST", "/_emu/v1/reset", "Content-Type: text/plain", "{}", 415)]
    [InlineData("a form of an old browser", "POST", "/_emu/v1/reset", "Content-Type: multipart/form-data; boundary=x", "--x--", 415)]
    [InlineData("bytes that say nothing", "POST", "/_emu/v1/reset", "X: y", "{}", 415)]
    [InlineData("a picture of another site", "GET", "/_emu/v1/journal", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors", "", 403)]
    [InlineData(
        "the journal's stream", "GET", "/_emu/v1/journal/stream", "Origin: https://evil.example\r\nAccept: text/event-stream", "", 403)]
    [InlineData(
        "a web socket", "GET", "/_emu/v1/journal/stream", "Origin: https://evil.example\r\nUpgrade: websocket\r\nConnection: Upgrade", "",
        403)]
    [InlineData("a preflight", "OPTIONS", "/_emu/v1/reset", "Origin: https://evil.example\r\nAccess-Control-Request-Method: POST", "", 403)]
    [InlineData("REST with known credentials", "GET", Messages, "Origin: https://evil.example", "", 403)]
    [InlineData(
        "REST from a file", "POST", Messages, "Origin: null\r\nContent-Type: application/x-www-form-urlencoded",
        "To=%2B14155550199&From=%2B14155550100&Body=x", 403)]
    [InlineData(
        "REST asked for a preflight", "OPTIONS", Messages, "Origin: https://evil.example\r\nAccess-Control-Request-Method: POST", "", 403)]
    public async Task A_strangers_page_gets_nothing(string what, string method, string path, string headers, string body, int status)
    {
        await using var house = await OpenHouse.OpenAsync();
        var answer = await AskAsync(house, method, path, $"Host: 127.0.0.1:{house.Http.Port}\r\n{Basic}\r\n{headers}", body);
        StatusOf(answer).Should().Be(status, what);
        answer.Should().NotContainEquivalentOf("Access-Control-Allow-Origin");
        (await house.JournalledAsync("access.refused")).Should().Contain(path);
    }

    [Theory]
    [InlineData("evil.example", 403)]
    [InlineData("127.0.0.1.nip.example", 403)]
    [InlineData("localhost.evil.example", 403)]
    [InlineData("evil.example.", 403)]
    [InlineData("api.twilio.com.evil.example", 403)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("[::1]", 200)]
    [InlineData("10.1.2.3", 200)]
    [InlineData("twilioemu", 200)]
    [InlineData("localhost", 200)]
    [InlineData("verify.localhost", 200)]
    [InlineData("host.docker.internal", 200)]
    [InlineData("api.twilio.com", 200)]
    [InlineData("emu.internal.example", 200)]
    public async Task A_name_turned_to_this_address_opens_nothing_until_we_are_told_it(string host, int status)
    {
        await using var house = await OpenHouse.OpenAsync(e => e with { TlsNames = ["*.internal.example"] });
        foreach (var path in new[] { "/_emu/v1/journal", Messages, "/_emu/v1/health" })
        {
            // Below localhost a name's first label is a product's, and another product has no messages.
            var wanted = path == Messages && host == "verify.localhost" ? 404 : status;
            StatusOf(await AskAsync(house, "GET", path, $"Host: {host}:{house.Http.Port}\r\n{Basic}", "")).Should().Be(wanted, path);
        }
    }

    [Theory]
    [InlineData("POST", "/_emu/v1/reset", "X: y", "", 200)]
    [InlineData("POST", "/_emu/v1/reset", "Content-Type: text/plain\r\nContent-Length: 0", "", 200)]
    [InlineData("POST", "/_emu/v1/accounts", "Content-Type: application/json; charset=utf-8", "{}", 201)]
    // Let in: no call is called so.
    [InlineData("POST", "/_emu/v1/calls/CA00000000000000000000000000000000/audio", "Content-Type: audio/ulaw", "sound", 404)]
    [InlineData("POST", "/_emu/v1/calls/CA00000000000000000000000000000000/audio", "Content-Type: text/plain", "sound", 415)]
    [InlineData("POST", "/_emu/v1/accounts", "Content-Type: audio/ulaw", "{}", 415)]
    [InlineData("GET", "/_emu/v1/journal", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate", "", 200)]
    [InlineData("GET", "/_emu/v1/journal", "Sec-Fetch-Site: same-origin", "", 200)]
    public async Task Programs_and_our_own_pages_get_in(string method, string path, string headers, string body, int status)
    {
        await using var house = await OpenHouse.OpenAsync();
        var near = $"Host: localhost:{house.Http.Port}";
        StatusOf(await AskAsync(house, method, path, $"{near}\r\n{headers}", body)).Should().Be(status);
        StatusOf(await AskAsync(house, method, path, $"{near}\r\nOrigin: http://localhost:{house.Http.Port}\r\n{headers}", body))
            .Should().Be(status);
    }

    [Fact]
    public async Task A_body_of_HTTP_2_has_a_type_too()
    {
        await using var house = await OpenHouse.OpenAsync();
        using var client = house.Aliased();
        // Of no known length, it is announced by nothing but what follows.
        using var body = new StreamContent(PipeReader.Create(new MemoryStream("{}"u8.ToArray())).AsStream());
        body.Headers.ContentType = new("text/plain");
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://localhost/_emu/v1/accounts")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = body,
        };
        using var answer = await client.SendAsync(request);
        answer.StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task A_named_origin_is_answered_so_that_its_pages_may_read_it()
    {
        await using var house = await OpenHouse.OpenAsync(
            e => e with { Access = new AccessOptions { CorsOrigins = ["http://localhost:3000"] } });
        var named = $"Host: 127.0.0.1:{house.Http.Port}\r\nOrigin: http://localhost:3000";
        foreach (var path in new[] { Messages, "/_emu/v1/clock" })
        {
            var preflight = await AskAsync(
                house, "OPTIONS", path, $"{named}\r\nAccess-Control-Request-Method: GET\r\nAccess-Control-Request-Private-Network: true",
                "");
            StatusOf(preflight).Should().Be(204);
            preflight
                .Should().Contain("Access-Control-Allow-Origin: http://localhost:3000")
                .And.Contain("Authorization")
                .And.Contain("Access-Control-Allow-Private-Network: true");
            var answer = await AskAsync(house, "GET", path, $"{named}\r\n{Basic}", "");
            StatusOf(answer).Should().Be(200);
            answer.Should().Contain("Access-Control-Allow-Origin: http://localhost:3000").And.Contain("Vary: Origin");
        }
        StatusOf(
            await AskAsync(house, "GET", Messages, $"Host: 127.0.0.1:{house.Http.Port}\r\nOrigin: http://localhost:3001\r\n{Basic}", ""))
            .Should().Be(403);
    }

    [Fact]
    public async Task Any_origin_opens_rest_alone()
    {
        await using var house = await OpenHouse.OpenAsync(e => e with { Access = new AccessOptions { CorsOrigins = ["*"] } });
        var stranger = $"Host: 127.0.0.1:{house.Http.Port}\r\nOrigin: https://any.example\r\n{Basic}";
        StatusOf(await AskAsync(house, "GET", Messages, stranger, "")).Should().Be(200);
        StatusOf(await AskAsync(house, "GET", "/_emu/v1/journal", stranger, "")).Should().Be(403);
    }

    [Theory]
    [InlineData("X: y", 401)]
    [InlineData("Authorization: Bearer wrong", 401)]
    [InlineData("Authorization: Bearer ", 401)]
    [InlineData("Authorization: Basic czNjcmV0LXRva2VuOg==", 401)]
    [InlineData("Cookie: twilioemu=s3cret-token", 401)]
    [InlineData($"Authorization: Bearer {Secret}", 200)]
    [InlineData($"authorization: bearer {Secret}", 200)]
    [InlineData($"Authorization: Bearer {Secret}\r\nOrigin: https://evil.example", 403)]
    public async Task A_token_is_asked_for_by_everything_but_health_and_the_ca(string headers, int status)
    {
        await using var house = await OpenHouse.OpenAsync(e => e with { Access = new AccessOptions { ControlToken = Secret } });
        var anyName = $"Host: emu.svc.cluster.example:{house.Http.Port}";
        var answer = await AskAsync(house, "GET", "/_emu/v1/journal", $"{anyName}\r\n{headers}", "");
        StatusOf(answer).Should().Be(status, "with a token the name is free, the origin is not");
        if (status == 401) answer.Should().Contain("WWW-Authenticate: Bearer").And.Contain("--control-token");
        foreach (var open in new[] { "/_emu/v1/health", "/_emu/v1/ca.pem", "/_emu/v1/ca-bundle.pem" })
        {
            StatusOf(await AskAsync(house, "GET", open, anyName, "")).Should().Be(200);
        }
        foreach (var (method, path) in new[] { ("POST", "/_emu/v1/health"), ("POST", "/_emu/v1/reset"), ("GET", "/_emu/v1/nothing"),
            ("GET", "/_emu/v1/health/"), ("GET", "/_emu/v2") })
        {
            StatusOf(await AskAsync(house, method, path, anyName, "")).Should().Be(401, $"{method} {path}");
        }
        StatusOf(await AskAsync(house, "GET", Messages, $"{anyName}\r\n{Basic}", "")).Should().Be(200, "REST has credentials of its own");
    }

    [Fact]
    public async Task A_page_that_knows_the_token_gets_a_cookie_no_script_can_read()
    {
        await using var house = await OpenHouse.OpenAsync(e => e with { Access = new AccessOptions { ControlToken = Secret } });
        var near = $"Host: 127.0.0.1:{house.Http.Port}";
        var session = await AskAsync(
            house, "POST", "/_emu/v1/session", $"{near}\r\nOrigin: http://127.0.0.1:{house.Http.Port}\r\nAuthorization: Bearer {Secret}",
            "");
        StatusOf(session).Should().Be(204);
        var cookie = session.Split("\r\n")
            .Single(l => l.StartsWith("Set-Cookie: ", StringComparison.OrdinalIgnoreCase))["Set-Cookie: ".Length..];
        cookie.ToLowerInvariant()
            .Should().Contain("httponly").And.Contain("samesite=strict").And.Contain("path=/_emu").And.NotContain(Secret);

        var carried = $"{near}\r\nCookie: {cookie.Split(';')[0]}";
        StatusOf(await AskAsync(house, "GET", "/_emu/v1/journal", carried, "")).Should().Be(200);
        StatusOf(await AskAsync(house, "POST", "/_emu/v1/reset", $"{carried}\r\nOrigin: http://127.0.0.1:3000", ""))
            .Should().Be(403, "another port of this machine is the same site to a cookie");
    }

    [Theory]
    [InlineData(null, "127.0.0.1", false)]
    [InlineData(null, "::1", false)]
    [InlineData(null, "localhost", false)]
    [InlineData(null, "0.0.0.0", true)]
    [InlineData(null, "192.168.1.5", true)]
    [InlineData("off", "0.0.0.0", false)]
    [InlineData("given-token", "127.0.0.1", true)]
    public void An_open_port_asks_for_a_token_unless_told(string? given, string host, bool asks)
    {
        var token = AccessOptions.TokenFor(given, host);
        (token is not null).Should().Be(asks);
        if (asks && given is null) token.Should().HaveLength(32).And.NotBe(AccessOptions.TokenFor(given, host));
    }

    [Theory]
    [InlineData("https://a.example", "https", "a.example", 443)]
    [InlineData("http://[::1]:4010", "http", "[::1]", 4010)]
    [InlineData("http://A.example:80", "http", "a.example", 80)]
    public void An_origin_is_read_with_its_port(string text, string scheme, string host, int port) =>
        Origin.Parse(text).Should().Be(new Origin(scheme, host, port));

    [Theory]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("http://a.example/")]
    [InlineData("http://a.example/x")]
    [InlineData("http://u@a.example")]
    [InlineData("a.example")]
    public void What_is_no_origin_is_nobodys(string text) => Origin.Parse(text).Should().BeNull();

    [Theory]
    [InlineData("http://localhost:3000", true)]
    [InlineData("https://phone.localhost", true)]
    [InlineData("http://127.0.0.1", true)]
    [InlineData("http://[::1]:8080", true)]
    [InlineData("https://shop.example", true)]
    [InlineData("https://shop.example:444", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("http://localhost.evil.example", false)]
    [InlineData("http://10.0.0.1", false)]
    [InlineData("null", false)]
    [InlineData("", false)]
    [InlineData("http://localhost:3000,https://evil.example", false)]
    public void Pages_of_this_machine_and_those_that_are_told_open_sockets_beside_HTTP(string origin, bool mayOpen) =>
        new Entrance(new AccessOptions { CorsOrigins = ["https://shop.example"] }, new ServedNames([])).AdmitsPage(origin).Should().Be(mayOpen);

    private static int StatusOf(string answer) => int.Parse(answer.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<string> AskAsync(OpenHouse house, string method, string path, string headers, string body)
    {
        using var client = await house.RawAsync();
        var length = body.Length > 0 ? $"Content-Length: {body.Length}\r\n" : "";
        await client.SendAsync($"{method} {path} HTTP/1.1\r\n{headers}\r\n{length}Connection: close\r\n\r\n{body}");
        return await client.ToEndAsync().WaitAsync(OpenHouse.Limit);
    }
}
