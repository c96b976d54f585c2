using System.Net;
using System.Text;
using TwilioEmu.Proxy;
using TwilioEmu.Tests.Hosting;

namespace TwilioEmu.Tests.Proxy;

/// <summary>Requests in absolute form: Twilio's served here, others passed on.</summary>
public sealed class ForwarderTests
{
    private static readonly string Credentials = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{OpenHouse.Account}:{OpenHouse.Token}"));

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task Twilios_hosts_are_served_here_and_links_keep_the_scheme_that_was_meant(string scheme)
    {
        await using var house = await OpenHouse.OpenAsync();
        using var client = await house.RawAsync();
        const string Form = "FriendlyName=one";
        await client.SendAsync(
            $"POST {scheme}://verify.twilio.com/v2/Services HTTP/1.1\r\nHost: something.else\r\nAuthorization: "
                + $"Basic {Credentials}\r\nConnection: close\r\n"
            + $"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {Form.Length}\r\n\r\n{Form}");
        (await client.ToEndAsync()).Should().StartWith("HTTP/1.1 201 ").And.Contain($"\"{scheme}://verify.twilio.com/v2/Services/VA");
    }

    [Fact]
    public async Task Escapes_in_a_path_mean_the_same_as_without_a_proxy()
    {
        await using var house = await OpenHouse.OpenAsync();
        var statuses = new List<string>();
        foreach (var origin in new[] { "", "http://api.twilio.com" })
        {
            using var client = await house.RawAsync();
            await client.SendAsync(
                $"GET {origin}/2010-04-01/Accounts/{OpenHouse.Account}/IncomingPhoneNumbers.json?PhoneNumber=%2B14155550100 "
                    + $"HTTP/1.1\r\nHost: api.twilio.com\r\nAuthorization: Basic {Credentials}\r\nConnection: close\r\n\r\n");
            var answer = await client.ToEndAsync();
            answer.Should().Contain("\"phone_number\":\"+14155550100\"");
            statuses.Add(answer[..12]);
        }
        statuses.Should().Equal("HTTP/1.1 200", "HTTP/1.1 200");
    }

    [Fact]
    public async Task The_emulators_own_address_is_served_without_a_detour()
    {
        await using var house = await OpenHouse.OpenAsync(
            e => e with { Proxy = e.Proxy with { PassThrough = new PassThrough(PassThroughReach.Off, []) } });
        using var client = house.Proxied();
        (await client.GetStringAsync($"http://127.0.0.1:{house.Http.Port}/_emu/v1/health")).Should().Contain("ready");
    }

    [Fact]
    public async Task Another_host_gets_the_request_without_what_was_for_the_proxy()
    {
        var heard = new TaskCompletionSource<string>();
        await using var far = new FarHost(async client =>
        {
            heard.TrySetResult(await client.UntilAsync("0\r\n\r\n"));
            await client.SendAsync("HTTP/1.1 299 As You Like\r\nX-Two: a\r\nX-Two: b\r\nKeep-Alive: x\r\nConnection: close, "
                + "X-Gone\r\nX-Gone: 1\r\nSet-Cookie: a=1\r\nContent-Length: 2\r\n\r\nok");
        });
        await using var house = await OpenHouse.OpenAsync();
        using var client = await house.RawAsync();
        await client.SendAsync(
            $"POST http://127.0.0.1:{far.Port}/a%2Fb/?q=%2B1 HTTP/1.1\r\nHost: wrong\r\nProxy-Authorization: Basic "
                + "eA==\r\nProxy-Connection: close\r\nConnection: X-Mine\r\nX-Mine: 1\r\n"
            + "X-Kept: yes\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
        var answer = await client.UntilAsync("\r\n\r\nok");
        var request = await heard.Task;
        request
            .Should().StartWith("POST /a%2Fb/?q=%2B1 HTTP/1.1\r\n")
            .And.Contain($"Host: 127.0.0.1:{far.Port}\r\n")
            .And.Contain("X-Kept: yes\r\n")
            .And.Contain("Via: 1.1 twilioemu\r\n");
        request.Should().Contain("Content-Type: text/plain\r\n").And.Contain("hello").And.NotContain("Proxy-").And.NotContain("X-Mine");
        answer
            .Should().StartWith("HTTP/1.1 299 As You Like\r\n")
            .And.Contain("X-Two: a\r\n")
            .And.Contain("X-Two: b\r\n")
            .And.Contain("Set-Cookie: a=1")
            .And.EndWith("ok")
            .And.NotContain("X-Gone")
            .And.NotContain("Keep-Alive");
    }

    [Fact]
    public async Task An_answer_arrives_piece_by_piece()
    {
        var next = new SemaphoreSlim(0);
        await using var far = new FarHost(async client =>
        {
            await client.UntilAsync("\r\n\r\n");
            await client.SendAsync(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n");
            await next.WaitAsync();
            await client.SendAsync("4\r\nlast\r\n0\r\n\r\n");
        });
        await using var house = await OpenHouse.OpenAsync();
        using var client = await house.RawAsync();
        await client.SendAsync($"GET http://127.0.0.1:{far.Port}/events HTTP/1.1\r\nHost: x\r\n\r\n");
        (await client.UntilAsync("first")).Should().EndWith("first");
        next.Release();
        (await client.UntilAsync("last")).Should().EndWith("last");
    }

    [Fact]
    public async Task Half_an_answer_does_not_look_like_a_whole_one()
    {
        await using var far = new FarHost(async client =>
        {
            await client.UntilAsync("\r\n\r\n");
            await client.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        });
        await using var house = await OpenHouse.OpenAsync();
        using var client = house.Proxied();
        await FluentActions.Awaiting(() => client.GetStringAsync($"http://127.0.0.1:{far.Port}/"))
            .Should().ThrowAsync<HttpRequestException>();
        (await house.JournalledAsync("proxy.failed")).Should().Contain($"127.0.0.1:{far.Port}");
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/", 502, "does not answer|cannot be reached")]
    [InlineData("http://unheard-of.invalid/", 502, "has no address")]
    public async Task What_cannot_be_passed_on_is_answered_in_words(string url, int status, string words)
    {
        await using var house = await OpenHouse.OpenAsync();
        using var client = await house.RawAsync();
        await client.SendAsync($"GET {url} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        (await client.ToEndAsync()).Should().StartWith($"HTTP/1.1 {status} ").And.MatchRegex(words);
    }

    [Fact]
    public async Task A_host_that_never_answers_is_given_up()
    {
        await using var far = new FarHost(async client => await client.ToEndAsync());
        await using var house = await OpenHouse.OpenAsync(
            e => e with { Proxy = e.Proxy with { AnswerLimit = TimeSpan.FromMilliseconds(100) } });
        using var client = house.Proxied();
        (await client.GetAsync($"http://127.0.0.1:{far.Port}/")).StatusCode.Should().Be(HttpStatusCode.GatewayTimeout);
        house.Server.CarriedCount.Should().Be(0);
    }

    [Fact]
    public async Task A_host_beyond_reach_is_refused()
    {
        await using var house = await OpenHouse.OpenAsync(
            e => e with { Proxy = e.Proxy with { PassThrough = new PassThrough(PassThroughReach.Local, []) } });
        using var client = house.Proxied();
        using var answer = await client.GetAsync("http://192.0.2.1/");
        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("--proxy-allow");
        (await house.JournalledAsync("proxy.refused")).Should().Contain("http://192.0.2.1");
    }
}
